# Milliseconds of text and facts, by language: BENCHMARKS.md.  ARTICLES: more of them, lines of JSON as `read` writes them.
$(BUILD)/bench/facts_inside: bench/facts_inside.c $(LIB)
	@mkdir -p $(@D)
	@echo '  LINK  $@'
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -o $@ $< $(LIB) $(LDLIBS)

.PHONY: bench-facts
bench-facts: $(BUILD)/synoptic $(BUILD)/bench/facts_inside
	node bench/facts.mjs --binary $(BUILD)/synoptic --inside $(BUILD)/bench/facts_inside $(ARTICLES)
