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
