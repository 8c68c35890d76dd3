# What each signal says of two articles: src/story/odds.inc, learned by hand, seldom.  SETS: articles as lines of JSON and
# their stories as rows of id and story, file after file.  ROUNDS of trials.
$(BUILD)/tools/learn_stories: tools/learn_stories.c src/story/internal.h src/api/api.h $(LIB)
	@mkdir -p $(@D)
	@echo '  LINK  $@'
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -o $@ $< $(LIB) $(LDLIBS)

.PHONY: learn-stories
learn-stories: $(BUILD)/tools/learn_stories
	@test -n "$(SETS)" || { echo 'make learn-stories SETS="articles.jsonl stories.tsv ..."' >&2; exit 2; }
	$< $(or $(ROUNDS),6) $(SETS) > src/story/odds.inc.new
	mv src/story/odds.inc.new src/story/odds.inc

# What grouping costs as a stream grows: BENCHMARKS.md, bench/stream*.svg.  ARTICLES: how many; SETS as above, beside samples.
STREAM_SRC := bench/stream_inside.c bench/stream_sets.c
$(BUILD)/bench/stream_inside: $(STREAM_SRC) bench/stream.h src/story/internal.h src/api/desk.h $(LIB)
	@mkdir -p $(@D)
	@echo '  LINK  $@'
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -o $@ $(STREAM_SRC) $(LIB) $(LDLIBS)

.PHONY: bench-stream
bench-stream: $(BUILD)/synoptic $(BUILD)/bench/stream_inside
	node bench/stream.mjs --binary $(BUILD)/synoptic --inside $(BUILD)/bench/stream_inside $(if $(ARTICLES),--articles $(ARTICLES)) $(SETS)
