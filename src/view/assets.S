/* assets.S - stage 8: the style sheet and the sign of the portal, as they stand. */
    .section .rodata
    .global syn_view_style_start, syn_view_style_end, syn_view_icon_start, syn_view_icon_end
    .hidden syn_view_style_start
    .hidden syn_view_style_end
    .hidden syn_view_icon_start
    .hidden syn_view_icon_end
syn_view_style_start:
    .incbin "src/view/style.css"
syn_view_style_end:
syn_view_icon_start:
    .incbin "src/view/icon.svg"
syn_view_icon_end:
    .section .note.GNU-stack, "", %progbits
