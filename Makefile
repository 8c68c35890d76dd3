# Synoptic.  make help says what there is.
VERSION  := 0.1.0
BUILD    ?= build
VARIANT  ?= release
PREFIX   ?= /usr/local
DESTDIR  ?=
CC       ?= gcc
STAGES   ?= base html lexicon read text facts story compare store view serve api cli

ifeq ($(origin CC),default)
CC := gcc
endif

PACKAGES := icu-uc icu-i18n libxml-2.0 sqlite3 libmicrohttpd libcjson zlib libzstd uchardet libxxhash
WARN     := -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith \
            -Wcast-qual -Wwrite-strings -Wvla -Wformat=2 -Werror
CFLAGS.release := -O2 -g -flto=auto -fno-semantic-interposition
CFLAGS.debug   := -O0 -g3
CFLAGS.asan    := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
ifneq (,$(findstring clang,$(CC)))
CFLAGS.release := -O2 -g
endif
Q := $(if $(V),,@)
AR := $(if $(findstring clang,$(CC)),ar,gcc-ar)

OUT      := $(BUILD)/$(VARIANT)
GEN      := $(BUILD)/gen
CPPFLAGS += -D_GNU_SOURCE -DSYN_VERSION='"$(VERSION)"' -Iinclude -I$(GEN) $(shell pkg-config --cflags $(PACKAGES) 2>/dev/null)
CFLAGS   += -std=c17 -fPIC -pthread -fvisibility=hidden $(WARN) $(CFLAGS.$(VARIANT))
LDLIBS   += $(shell pkg-config --libs $(PACKAGES) 2>/dev/null) -lstemmer -lm -pthread

LIB_SRC  := $(foreach s,$(filter-out cli,$(STAGES)),$(wildcard src/$(s)/*.c))
LIB_ASM  := $(foreach s,$(STAGES),$(wildcard src/$(s)/*.S))
CLI_SRC  := $(if $(filter cli,$(STAGES)),$(wildcard src/cli/*.c))
LIB_OBJ  := $(LIB_SRC:%.c=$(OUT)/%.o) $(LIB_ASM:%.S=$(OUT)/%.o)
CLI_OBJ  := $(CLI_SRC:%.c=$(OUT)/%.o)
LIB      := $(OUT)/libsynoptic.a
SHLIB    := $(OUT)/libsynoptic.so.$(VERSION)
# tests/unit/test_STAGE.c or test_STAGE_WHAT.c
TEST_SRC := $(foreach s,$(STAGES),$(wildcard tests/unit/test_$(s).c tests/unit/test_$(s)_*.c))
TESTS    := $(TEST_SRC:tests/unit/%.c=$(OUT)/tests/%)

.DELETE_ON_ERROR:
.SECONDARY:
.PHONY: all lib shared test install uninstall clean format format-check help

all: $(BUILD)/synoptic

help:
	@echo 'make                    build/synoptic (VARIANT=release|debug|asan, CC=gcc|clang, BUILD=folder)'
	@echo 'make test               the unit tests and golden cases of this variant'
	@echo 'make install            PREFIX=/usr/local DESTDIR='
	@echo 'make format             clang-format over the sources'

# Tables that fragments add: each is a file $(BUILD)/tables/NAME.bin that the lexicon carries.
TABLES :=
include $(sort $(wildcard tools/*.mk))

$(BUILD)/synoptic: $(OUT)/synoptic
	@cp -f $< $@

$(OUT)/synoptic: $(CLI_OBJ) $(LIB)
	@echo '  LINK  $@'
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $(CLI_OBJ) $(LIB) $(LDLIBS)

lib: $(LIB)
shared: $(SHLIB)

$(LIB): $(LIB_OBJ)
	@rm -f $@
	$(Q)$(AR) rcs $@ $(LIB_OBJ)

$(SHLIB): $(LIB_OBJ)
	@echo '  LINK  $@'
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -shared -Wl,-soname,libsynoptic.so.0 -o $@ $(LIB_OBJ) $(LDLIBS)

$(OUT)/%.o: %.c Makefile
	@mkdir -p $(@D)
	@echo '  CC    $@'
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

$(OUT)/%.o: %.S Makefile
	@mkdir -p $(@D)
	@echo '  CC    $@'
	$(Q)$(CC) $(CPPFLAGS) $(filter-out -flto%,$(CFLAGS)) -DSYN_BUILD='"$(abspath $(BUILD))"' -c -o $@ $<

# Everything that includes generated headers waits for them.
$(LIB_OBJ) $(CLI_OBJ): | $(GEN)/unicode.inc

# Build tools are plain programs of the machine that builds; they use base alone.
TOOL_CFLAGS := -std=c17 -O2 -g -pthread $(WARN)
BASE_SRC    := $(wildcard src/base/*.c)

$(BUILD)/tools/unicode: tools/unicode.c
	@mkdir -p $(@D)
	@echo '  LINK  $@'
	$(Q)$(CC) $(CPPFLAGS) $(TOOL_CFLAGS) -o $@ $< $(LDLIBS)

$(GEN)/unicode.inc: $(BUILD)/tools/unicode
	@mkdir -p $(@D)
	$< > $@

$(BUILD)/tools/%: tools/%.c $(BASE_SRC) src/base/base.h src/base/limits.h $(GEN)/unicode.inc
	@mkdir -p $(@D)
	@echo '  LINK  $@'
	$(Q)$(CC) $(CPPFLAGS) $(TOOL_CFLAGS) -o $@ $< $(BASE_SRC) $(LDLIBS)

$(OUT)/tests/%: tests/unit/%.c tests/unit/test.h $(LIB)
	@mkdir -p $(@D)
	@echo '  LINK  $@'
	$(Q)$(CC) $(CPPFLAGS) $(filter-out -flto%,$(CFLAGS)) -MMD -MP -o $@ $< $(LIB) $(LDLIBS) -lcmocka

test: $(TESTS)
	@status=0; for t in $(TESTS); do SYN_TEST_ROOT=. $$t || status=1; done; exit $$status

FORMATTED := $(wildcard src/*/*.c src/*/*.h include/*.h tools/*.c tests/unit/*.c tests/unit/*.h tests/fuzz/*.c bench/*.c)
format:
	clang-format -i $(FORMATTED)
format-check:
	clang-format --dry-run -Werror $(FORMATTED)

clean:
	rm -rf $(BUILD)

-include $(LIB_OBJ:.o=.d) $(CLI_OBJ:.o=.d) $(TESTS:=.d)
