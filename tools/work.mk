# The tests of linear time count the work that reading does (tests/work/count.h): their library is compiled for it.
WORK_SRC   := $(foreach s,base html lexicon read,$(wildcard src/$(s)/*.c))
WORK_OBJ   := $(WORK_SRC:%.c=$(OUT)/work/%.o) $(OUT)/src/lexicon/blob.o
WORK_FLAGS := -O1 -fsanitize-coverage=trace-pc -include tests/work/count.h

$(OUT)/work/%.o: %.c tests/work/count.h Makefile
	@mkdir -p $(@D)
	@echo '  CC    $@'
	$(Q)$(CC) $(CPPFLAGS) $(filter-out -flto% -O%,$(CFLAGS)) $(WORK_FLAGS) -MMD -MP -c -o $@ $<

$(WORK_OBJ): | $(GEN)/unicode.inc $(GEN)/html_tags.inc

$(OUT)/tests/test_read_linear: tests/unit/test_read_linear.c tests/unit/test.h $(WORK_OBJ)
	@mkdir -p $(@D)
	@echo '  LINK  $@'
	$(Q)$(CC) $(CPPFLAGS) $(filter-out -flto%,$(CFLAGS)) -MMD -MP -o $@ $< $(WORK_OBJ) $(LDLIBS) -lcmocka

-include $(WORK_SRC:%.c=$(OUT)/work/%.d)
