# libFuzzer targets over tests/fuzz/corpus; what they find stays in build/fuzz until it is understood, then its smallest
# form goes to the corpus, which the unit tests replay.
FUZZ_TARGETS := html charset page feed warc
FUZZ_SECONDS ?= 120
FUZZ_CC      := clang
FUZZ_FLAGS   := -std=c17 -O1 -g -pthread -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all \
                -fno-omit-frame-pointer -Wno-unknown-warning-option
FUZZ_STAGES  := base html lexicon read
FUZZ_SRC     := $(foreach s,$(FUZZ_STAGES),$(wildcard src/$(s)/*.c))
FUZZ_OBJ     := $(FUZZ_SRC:%.c=$(BUILD)/fuzz/%.o) $(BUILD)/fuzz/src/lexicon/blob.o

$(BUILD)/fuzz/%.o: %.c
	@mkdir -p $(@D)
	@echo '  CC    $@'
	$(Q)$(FUZZ_CC) $(CPPFLAGS) $(FUZZ_FLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/fuzz/src/lexicon/blob.o: src/lexicon/blob.S $(BUILD)/lexicon.bin
	@mkdir -p $(@D)
	$(Q)$(FUZZ_CC) $(CPPFLAGS) -Wa,-I$(abspath $(BUILD)) -DSYN_BUILD='"$(abspath $(BUILD))"' -c -o $@ $<

$(FUZZ_OBJ): | $(GEN)/unicode.inc $(GEN)/html_tags.inc

$(BUILD)/fuzz/fuzz_%: tests/fuzz/%.c tests/fuzz/targets.h $(FUZZ_OBJ)
	@echo '  LINK  $@'
	$(Q)$(FUZZ_CC) $(CPPFLAGS) $(FUZZ_FLAGS) -fsanitize=fuzzer -o $@ $< $(FUZZ_OBJ) $(LDLIBS)

.PHONY: fuzz
fuzz: $(FUZZ_TARGETS:%=$(BUILD)/fuzz/fuzz_%)
	@for t in $(FUZZ_TARGETS); do \
	    mkdir -p $(BUILD)/fuzz/found/$$t; echo "  FUZZ  $$t, $(FUZZ_SECONDS) s"; \
	    $(BUILD)/fuzz/fuzz_$$t -max_total_time=$(FUZZ_SECONDS) -max_len=16384 -timeout=10 -rss_limit_mb=2048 -close_fd_mask=1 \
	        -artifact_prefix=$(BUILD)/fuzz/$$t- $(BUILD)/fuzz/found/$$t tests/fuzz/corpus/$$t 2> $(BUILD)/fuzz/$$t.log \
	        || { tail -30 $(BUILD)/fuzz/$$t.log; exit 1; }; \
	    tail -2 $(BUILD)/fuzz/$$t.log; \
	done

-include $(FUZZ_SRC:%.c=$(BUILD)/fuzz/%.d)
