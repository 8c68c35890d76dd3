# The tag names' perfect hash.
$(BUILD)/tools/html_tags: tools/html_tags.c src/html/tags.def src/html/tag_hash.h
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(TOOL_CFLAGS) -o $@ $<

$(GEN)/html_tags.inc: $(BUILD)/tools/html_tags
	@mkdir -p $(@D)
	$< > $@

$(OUT)/src/html/tags.o: $(GEN)/html_tags.inc
