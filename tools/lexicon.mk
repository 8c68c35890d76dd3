# The lexicon: rows from CLDR, GeoNames and ICU, then data/, compiled into the block that src/lexicon/blob.S embeds.
CLDR_TSV  := $(addprefix $(BUILD)/cldr/,cities.tsv concepts.tsv dates.tsv money.tsv names.tsv numbers.tsv)
PLACES    := $(BUILD)/cldr/places.bin
TABLES    += $(PLACES)
SPELL_TSV := $(BUILD)/cldr/spelt.tsv
DATA_TSV  := $(sort $(foreach f,lang names read,$(wildcard data/$(f)/*.tsv)))

node_modules/.package-lock.json: package.json package-lock.json
	npm ci --ignore-scripts --no-audit --no-fund
	@touch $@

$(CLDR_TSV) $(PLACES) &: tools/cldr.mjs data/languages.tsv node_modules/.package-lock.json
	node tools/cldr.mjs node_modules data/languages.tsv $(BUILD)/cldr

$(SPELL_TSV): $(BUILD)/tools/spell data/languages.tsv
	@mkdir -p $(@D)
	$< data/languages.tsv > $@

$(BUILD)/tools/lexc: private TOOL_SRC := tools/lexc_places.c
$(BUILD)/tools/lexc: tools/lexc_places.c tools/lexc_places.h src/lexicon/block.h src/lexicon/lexicon.h

# Hand-written rows come first: where two rows say the same, the first is kept.
# TABLES is whole only after every fragment was read.
.SECONDEXPANSION:
$(BUILD)/lexicon.bin: $(BUILD)/tools/lexc data/languages.tsv $(DATA_TSV) $(CONCEPT_NAMES) $(SPELL_TSV) $(CLDR_TSV) $$(TABLES)
	$< $@ data/languages.tsv $(DATA_TSV) $(CONCEPT_NAMES) $(SPELL_TSV) $(CLDR_TSV) $(foreach t,$(TABLES),--table $(basename $(notdir $(t))) $(t))

$(OUT)/src/lexicon/blob.o: $(BUILD)/lexicon.bin
# Private: what builds the lexicon must not look for another one there.
$(OUT)/src/lexicon/blob.o: private CPPFLAGS += -Wa,-I$(abspath $(BUILD))
