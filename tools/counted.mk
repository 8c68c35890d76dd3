# The tests of linear time count the work that reading does (tests/counted/count.h): their library is compiled for it.
COUNTED_SRC   := $(foreach s,base html lexicon read,$(wildcard src/$(s)/*.c))
COUNTED_OBJ   := $(COUNTED_SRC:%.c=$(OUT)/counted/%.o) $(OUT)/src/lexicon/blob.o
COUNTED_FLAGS := -O1 -fsanitize-coverage=trace-pc -include tests/counted/count.h

$(OUT)/counted/%.o: %.c tests/counted/count.h Makefile
	@mkdir -p $(@D)
	@echo '  CC    $@'
	$(Q)$(CC) $(CPPFLAGS) $(filter-out -flto% -O%,$(CFLAGS)) $(COUNTED_FLAGS) -MMD -MP -c -o $@ $<

$(COUNTED_OBJ): | $(GEN)/unicode.inc $(GEN)/html_tags.inc

$(OUT)/tests/test_read_linear: tests/unit/test_read_linear.c tests/unit/test.h $(COUNTED_OBJ)
	@mkdir -p $(@D)
	@echo '  LINK  $@'
	$(Q)$(CC) $(CPPFLAGS) $(filter-out -flto%,$(CFLAGS)) -MMD -MP -o $@ $< $(COUNTED_OBJ) $(LDLIBS) -lcmocka

-include $(COUNTED_SRC:%.c=$(OUT)/counted/%.d)
