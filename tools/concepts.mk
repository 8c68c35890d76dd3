# News concepts: build/tables/concepts.bin and the names that readers are shown.  The forms are cut and stemmed by the text
# stage itself, over a lexicon that knows the languages and their endings only.
TABLES        += $(BUILD)/tables/concepts.bin
CONCEPT_DATA  := data/concepts/en.tsv $(filter-out data/concepts/en.tsv,$(sort $(wildcard data/concepts/*.tsv)))
CONCEPT_NAMES := $(BUILD)/cldr/news.tsv
CONCEPT_SRC   := tools/concepts.c $(wildcard src/base/*.c) src/lexicon/lexicon.c src/lexicon/blob.S $(wildcard src/text/*.c)

$(BUILD)/tools/seed/lexicon.bin: $(BUILD)/tools/lexc data/languages.tsv $(BUILD)/tables/stems.bin $(BUILD)/tables/segments.bin
	@mkdir -p $(@D)
	$< $@ data/languages.tsv --table stems $(BUILD)/tables/stems.bin --table segments $(BUILD)/tables/segments.bin

$(BUILD)/tools/concepts: $(CONCEPT_SRC) $(wildcard src/text/*.h) $(BUILD)/tools/seed/lexicon.bin $(GEN)/unicode.inc
	@mkdir -p $(@D)
	@echo '  LINK  $@'
	$(Q)$(CC) $(CPPFLAGS) $(TOOL_CFLAGS) -Wa,-I$(BUILD)/tools/seed -o $@ $(CONCEPT_SRC) $(LDLIBS)

# What comes out the same is left alone, so that an edit of the text stage does not compile the lexicon anew.
$(BUILD)/tables/concepts.stamp: $(BUILD)/tools/concepts $(CONCEPT_DATA)
	@mkdir -p $(BUILD)/tables $(BUILD)/cldr
	$< $(BUILD)/tables/concepts.bin.new $(CONCEPT_NAMES).new $(CONCEPT_DATA)
	@for f in $(BUILD)/tables/concepts.bin $(CONCEPT_NAMES); do \
	    if cmp -s $$f.new $$f; then rm $$f.new; else mv $$f.new $$f; fi; done
	@touch $@

$(BUILD)/tables/concepts.bin $(CONCEPT_NAMES): $(BUILD)/tables/concepts.stamp
	@test -f $@ || { rm -f $<; $(MAKE) --no-print-directory $@; }
