# The dictionary of Chinese and Japanese words: build/tables/segments.bin, from the ICU that is installed.
TABLES += $(BUILD)/tables/segments.bin

$(BUILD)/tools/segments: src/text/segments.h

$(BUILD)/tables/segments.bin: $(BUILD)/tools/segments
	@mkdir -p $(@D)
	$< $@
