# What judges blocks of text: src/read/block_model.inc, learned by hand, seldom.  PRESS: a folder of pages NAME.html with
# the article's text beside each as NAME.txt, a paragraph a line.  FROM: where they come from, for the table's head.
$(BUILD)/tools/learn_blocks: tools/learn_blocks.c src/read/content.h src/read/reading.h $(LIB)
	@mkdir -p $(@D)
	@echo '  LINK  $@'
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -o $@ $< $(LIB) $(LDLIBS)

.PHONY: learn-blocks
learn-blocks: $(BUILD)/tools/learn_blocks
	@test -n "$(PRESS)" || { echo 'make learn-blocks PRESS=folder' >&2; exit 2; }
	$< $(PRESS) --from "$(or $(FROM),whence is not said)" > src/read/block_model.inc.new
	mv src/read/block_model.inc.new src/read/block_model.inc

# Pages a second against Mozilla Readability: BENCHMARKS.md, bench/read.svg.
PAGES ?= samples
$(BUILD)/bench/read_inside: bench/read_inside.c $(LIB)
	@mkdir -p $(@D)
	@echo '  LINK  $@'
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -o $@ $< $(LIB) $(LDLIBS)

.PHONY: bench-read
bench-read: $(BUILD)/synoptic $(BUILD)/bench/read_inside
	node bench/read.mjs --binary $(BUILD)/synoptic --inside $(BUILD)/bench/read_inside $(PAGES)
