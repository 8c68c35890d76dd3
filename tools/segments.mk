# Dictionaries of the scripts that write no spaces: build/tables/segments.bin, from the ICU that is installed.
TABLES += $(BUILD)/tables/segments.bin

$(BUILD)/tools/segments: src/text/segments.h

$(BUILD)/tables/segments.bin: $(BUILD)/tools/segments
	@mkdir -p $(@D)
	$< $@
