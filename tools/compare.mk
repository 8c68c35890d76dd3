# Milliseconds for the tellings of one story, text and facts ready: BENCHMARKS.md.
$(BUILD)/bench/compare_inside: bench/compare_inside.c $(LIB)
	@mkdir -p $(@D)
	@echo '  LINK  $@'
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -o $@ $< $(LIB) $(LDLIBS)

.PHONY: bench-compare
bench-compare: $(BUILD)/synoptic $(BUILD)/bench/compare_inside
	node bench/compare.mjs --binary $(BUILD)/synoptic --inside $(BUILD)/bench/compare_inside
