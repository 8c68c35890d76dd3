/* schema.S - stage 7: the migrations, as bytes that end in NUL. */
    .section .rodata
    .global syn_store_schema_1
    .hidden syn_store_schema_1
syn_store_schema_1:
    .incbin "src/store/schema_1.sql"
    .byte 0
    .global syn_store_schema_2
    .hidden syn_store_schema_2
syn_store_schema_2:
    .incbin "src/store/schema_2.sql"
    .byte 0
    .global syn_store_schema_3
    .hidden syn_store_schema_3
syn_store_schema_3:
    .incbin "src/store/schema_3.sql"
    .byte 0
    .global syn_store_schema_4
    .hidden syn_store_schema_4
syn_store_schema_4:
    .incbin "src/store/schema_4.sql"
    .byte 0
    .global syn_store_schema_5
    .hidden syn_store_schema_5
syn_store_schema_5:
    .incbin "src/store/schema_5.sql"
    .byte 0
    .global syn_store_schema_6
    .hidden syn_store_schema_6
syn_store_schema_6:
    .incbin "src/store/schema_6.sql"
    .byte 0
    .global syn_store_schema_7
    .hidden syn_store_schema_7
syn_store_schema_7:
    .incbin "src/store/schema_7.sql"
    .byte 0
    .global syn_store_schema_8
    .hidden syn_store_schema_8
syn_store_schema_8:
    .incbin "src/store/schema_8.sql"
    .byte 0
    .global syn_store_schema_9
    .hidden syn_store_schema_9
syn_store_schema_9:
    .incbin "src/store/schema_9.sql"
    .byte 0
    .global syn_store_schema_10
    .hidden syn_store_schema_10
syn_store_schema_10:
    .incbin "src/store/schema_10.sql"
    .byte 0
    .global syn_store_schema_11
    .hidden syn_store_schema_11
syn_store_schema_11:
    .incbin "src/store/schema_11.sql"
    .byte 0
    .global syn_store_schema_12
    .hidden syn_store_schema_12
syn_store_schema_12:
    .incbin "src/store/schema_12.sql"
    .byte 0
    .global syn_store_schema_13
    .hidden syn_store_schema_13
syn_store_schema_13:
    .incbin "src/store/schema_13.sql"
    .byte 0
    .section .note.GNU-stack, "", %progbits
