# Synoptic.  make help says what there is.
VERSION  := 0.1.0
BUILD    ?= build
VARIANT  ?= release
PREFIX   ?= /usr/local
LIBDIR   ?= $(PREFIX)/lib
DESTDIR  ?=
CC       ?= gcc
STAGES   ?= base html lexicon read fetch text facts story compare store view serve api cli

ifeq ($(origin CC),default)
CC := gcc
endif

PACKAGES := icu-uc icu-i18n libxml-2.0 libcurl sqlite3 libmicrohttpd libcjson zlib libzstd uchardet libxxhash
WARN     := -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith \
            -Wcast-qual -Wwrite-strings -Wvla -Wformat=2 -Werror
# Link-time optimisation warns of outputs that stay unset where a function fails; no caller reads them then.
CFLAGS.release := -O2 -g -flto=auto -fno-semantic-interposition -Wno-maybe-uninitialized
CFLAGS.debug   := -O0 -g3
CFLAGS.asan    := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
ifneq (,$(findstring clang,$(CC)))
CFLAGS.release := -O2 -g
endif
Q := $(if $(V),,@)
AR := $(if $(findstring clang,$(CC)),ar,gcc-ar)

OUT      := $(BUILD)/$(VARIANT)$(if $(findstring clang,$(CC)),-clang)
GEN      := $(BUILD)/gen
PKG_CFLAGS := $(shell pkg-config --cflags $(PACKAGES) 2>/dev/null)
PKG_LIBS   := $(shell pkg-config --libs $(PACKAGES) 2>/dev/null)
CPPFLAGS += -D_GNU_SOURCE -DSYN_VERSION='"$(VERSION)"' -Iinclude -I$(GEN) $(PKG_CFLAGS)
CFLAGS   += -std=c17 -fPIC -pthread -fvisibility=hidden $(WARN) $(CFLAGS.$(VARIANT))
LDLIBS   += $(PKG_LIBS) -lstemmer -lm -pthread

LIB_SRC  := $(foreach s,$(filter-out cli,$(STAGES)),$(wildcard src/$(s)/*.c))
LIB_ASM  := $(foreach s,$(STAGES),$(wildcard src/$(s)/*.S))
CLI_SRC  := $(if $(filter cli,$(STAGES)),$(wildcard src/cli/*.c))
LIB_OBJ  := $(LIB_SRC:%.c=$(OUT)/%.o) $(LIB_ASM:%.S=$(OUT)/%.o)
CLI_OBJ  := $(CLI_SRC:%.c=$(OUT)/%.o)
LIB      := $(OUT)/libsynoptic.a
SONAME   := libsynoptic.so.$(firstword $(subst ., ,$(VERSION)))
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
	@echo 'make shared             the shared library'
	@echo 'make install            program, library, header and manual: PREFIX=/usr/local LIBDIR=PREFIX/lib DESTDIR='
	@echo 'make uninstall          takes them away again'
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
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -shared -Wl,-soname,$(SONAME) -o $@ $(LIB_OBJ) $(LDLIBS)

# The static library that others link: one object of plain machine code that shows the interface alone.
$(OUT)/install/libsynoptic.a: $(LIB_OBJ)
	@mkdir -p $(@D)
	@echo '  LINK  $@'
	$(Q)$(CC) $(CFLAGS) $(if $(findstring -flto,$(CFLAGS)),-flinker-output=nolto-rel) -r -nostdlib -o $(@D)/synoptic.o $(LIB_OBJ)
	$(Q)objcopy --wildcard --keep-global-symbol='synoptic_*' $(@D)/synoptic.o
	@rm -f $@
	$(Q)ar rcs $@ $(@D)/synoptic.o

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
	$(Q)$(CC) $(CPPFLAGS) $(TOOL_CFLAGS) -o $@ $< $(TOOL_SRC) $(BASE_SRC) $(LDLIBS)

$(OUT)/tests/%: tests/unit/%.c tests/unit/test.h $(LIB)
	@mkdir -p $(@D)
	@echo '  LINK  $@'
	$(Q)$(CC) $(CPPFLAGS) $(filter-out -flto%,$(CFLAGS)) -MMD -MP -o $@ $< $(LIB) $(LDLIBS) -lcmocka

# The two parsers that give second opinions.
$(OUT)/tests/test_read_opinions: LDLIBS += -lgumbo -lmodest

test: $(TESTS)
	@status=0; for t in $(TESTS); do SYN_TEST_ROOT=. $$t || status=1; done; exit $$status

FORMATTED := $(wildcard src/*/*.c src/*/*.h include/*.h tools/*.c tests/unit/*.c tests/unit/*.h tests/counted/*.h tests/fuzz/*.c bench/*.c)
format:
	clang-format -i $(FORMATTED)
format-check:
	clang-format --dry-run -Werror $(FORMATTED)

BIN_AT := $(DESTDIR)$(PREFIX)/bin
INC_AT := $(DESTDIR)$(PREFIX)/include
LIB_AT := $(DESTDIR)$(LIBDIR)
MAN_AT := $(DESTDIR)$(PREFIX)/share/man/man1

install: $(BUILD)/synoptic $(OUT)/install/libsynoptic.a $(SHLIB)
	install -d $(BIN_AT) $(INC_AT) $(LIB_AT)/pkgconfig $(MAN_AT)
	install -m 755 $(BUILD)/synoptic $(BIN_AT)/synoptic
	install -m 644 include/synoptic.h $(INC_AT)/synoptic.h
	install -m 644 $(OUT)/install/libsynoptic.a $(LIB_AT)/libsynoptic.a
	install -m 755 $(SHLIB) $(LIB_AT)/libsynoptic.so.$(VERSION)
	ln -sf libsynoptic.so.$(VERSION) $(LIB_AT)/$(SONAME)
	ln -sf $(SONAME) $(LIB_AT)/libsynoptic.so
	sed -e 's|@PREFIX@|$(PREFIX)|' -e 's|@LIBDIR@|$(LIBDIR)|' -e 's|@VERSION@|$(VERSION)|' \
	    -e 's|@LIBS@|$(LDLIBS)|' synoptic.pc.in > $(LIB_AT)/pkgconfig/synoptic.pc
	install -m 644 man/synoptic.1 $(MAN_AT)/synoptic.1

uninstall:
	rm -f $(BIN_AT)/synoptic $(INC_AT)/synoptic.h $(LIB_AT)/libsynoptic.a $(LIB_AT)/libsynoptic.so.$(VERSION) \
	    $(LIB_AT)/$(SONAME) $(LIB_AT)/libsynoptic.so $(LIB_AT)/pkgconfig/synoptic.pc $(MAN_AT)/synoptic.1

clean:
	rm -rf $(BUILD)

-include $(LIB_OBJ:.o=.d) $(CLI_OBJ:.o=.d) $(TESTS:=.d)
