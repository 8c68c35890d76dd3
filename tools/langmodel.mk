# The language model: build/tables/langmodel.bin.
TABLES += $(BUILD)/tables/langmodel.bin
UNICODE_DATA ?= /usr/share/unicode

$(GEN)/langmodel.tsv: tools/langmodel.mjs $(wildcard data/langid/*.tsv) node_modules/.package-lock.json
	@mkdir -p $(@D)
	bzcat -f $(wildcard $(UNICODE_DATA)/Unihan_Variants.txt*) | node tools/langmodel.mjs data node_modules > $@

$(BUILD)/tools/langmodel: src/text/grams.h

$(BUILD)/tables/langmodel.bin: $(BUILD)/tools/langmodel $(GEN)/langmodel.tsv data/langid/languages.tsv
	@mkdir -p $(@D)
	$< data/langid/languages.tsv < $(GEN)/langmodel.tsv > $@

# Endings, prefixes and abbreviations: build/tables/stems.bin.
TABLES    += $(BUILD)/tables/stems.bin
STEM_DATA := $(sort $(wildcard data/stem/*.tsv))

$(BUILD)/tools/stems: src/text/endings.h

$(BUILD)/tables/stems.bin: $(BUILD)/tools/stems $(STEM_DATA)
	@mkdir -p $(@D)
	$< $@ $(STEM_DATA)
