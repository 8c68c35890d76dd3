# The sounds of letters: build/tables/sounds.bin, and the learner of data/sounds/costs.tsv (make learn-names PAIRS=file).
TABLES += $(BUILD)/tables/sounds.bin
UNICODE_DATA ?= /usr/share/unicode
SOUND_DATA   := $(sort $(wildcard data/sounds/*.tsv))

$(BUILD)/tables/sounds.bin: $(BUILD)/tools/sounds $(SOUND_DATA)
	@mkdir -p $(@D)
	bzcat -f $(wildcard $(UNICODE_DATA)/Unihan_Readings.txt*) | $< $@ $(SOUND_DATA)

$(BUILD)/tools/sounds: src/facts/sounds.h

$(BUILD)/tools/learn_names: tools/learn_names.c src/facts/sounds.c src/facts/sounds.h $(BASE_SRC) | $(GEN)/unicode.inc
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(TOOL_CFLAGS) -o $@ tools/learn_names.c src/facts/sounds.c $(wildcard src/base/*.c) $(LDLIBS)

# PAIRS: kind, Latin name, the name in another script; names of places from packages are learned beside them.  The
# table it learns from is the one without costs.
.PHONY: learn-names
learn-names: $(BUILD)/tools/learn_names $(BUILD)/tools/sounds
	bzcat -f $(wildcard $(UNICODE_DATA)/Unihan_Readings.txt*) | \
	    $(BUILD)/tools/sounds $(BUILD)/tables/sounds-plain.bin $(filter-out %/costs.tsv,$(SOUND_DATA))
	node tools/place_pairs.mjs node_modules > $(BUILD)/tables/places.tsv
	$(BUILD)/tools/learn_names $(BUILD)/tables/sounds-plain.bin $(PAIRS) $(BUILD)/tables/places.tsv > data/sounds/costs.tsv.new
	mv data/sounds/costs.tsv.new data/sounds/costs.tsv
