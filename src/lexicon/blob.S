/* blob.S - stage 0b: the compiled lexicon inside the program. */
    .section .rodata
    .balign 64
    .global syn_lexicon_blob
    .hidden syn_lexicon_blob
    .global syn_lexicon_blob_end
    .hidden syn_lexicon_blob_end
syn_lexicon_blob:
    .incbin "lexicon.bin"
syn_lexicon_blob_end:
    .byte 0
    .section .note.GNU-stack, "", @progbits
