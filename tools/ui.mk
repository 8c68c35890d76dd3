# The portal's texts and its style sheet.
UI_FILES := data/ui/en.tsv $(filter-out data/ui/en.tsv,$(sort $(wildcard data/ui/*.tsv)))

$(BUILD)/tools/ui: tools/ui.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(TOOL_CFLAGS) -o $@ $<

$(GEN)/ui.inc: $(BUILD)/tools/ui $(UI_FILES)
	@mkdir -p $(@D)
	$< $(UI_FILES) > $@

$(patsubst %.c,$(OUT)/%.o,$(wildcard src/view/*.c)): | $(GEN)/ui.inc
$(OUT)/src/view/ui.o: $(GEN)/ui.inc
$(OUT)/src/view/assets.o: src/view/style.css src/view/icon.svg
