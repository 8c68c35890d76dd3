# Cues of events: build/tables/events.bin, compiled as the concepts are (tools/concepts.mk), over the same small lexicon.
TABLES     += $(BUILD)/tables/events.bin
EVENT_DATA := $(sort $(wildcard data/events/*.tsv))
EVENT_SRC  := tools/events.c $(wildcard src/base/*.c) src/lexicon/lexicon.c src/lexicon/blob.S $(wildcard src/text/*.c)

$(BUILD)/tools/events: $(EVENT_SRC) $(wildcard src/text/*.h) $(BUILD)/tools/seed/lexicon.bin $(GEN)/unicode.inc
	@mkdir -p $(@D)
	@echo '  LINK  $@'
	$(Q)$(CC) $(CPPFLAGS) $(TOOL_CFLAGS) -Wa,-I$(BUILD)/tools/seed -o $@ $(EVENT_SRC) $(LDLIBS)

# What comes out the same is left alone, so that an edit of the text stage does not compile the lexicon anew.
$(BUILD)/tables/events.stamp: $(BUILD)/tools/events $(EVENT_DATA)
	@mkdir -p $(BUILD)/tables
	$< $(BUILD)/tables/events.bin.new $(EVENT_DATA)
	@f=$(BUILD)/tables/events.bin; if cmp -s $$f.new $$f; then rm $$f.new; else mv $$f.new $$f; fi
	@touch $@

$(BUILD)/tables/events.bin: $(BUILD)/tables/events.stamp
	@test -f $@ || { rm -f $<; $(MAKE) --no-print-directory $@; }
