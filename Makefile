# make                 build/entente and build/libentente.a
# make demo            install what is missing, build, and show what it does
# make check           every test, against this build; installs what is missing
# make check SAN=address,undefined
#                      the same under sanitizers, in a build directory of its own
# make check CC=clang  likewise
# make analyze         what gcc, cppcheck, clang and clang-tidy say: nothing
# make check-threads   the threads and locks under TSan
# make check-valgrind  unit tests and cases of the program under valgrind
# make check-fault     the whole figures of the tests of faults (tests/fault): power
#                      cuts, failing calls and allocations, kills, damage
# make fuzz SECONDS=n  each target of tests/fuzz for so long, with clang; RUNS=n,
#                      TARGET=name, SEED=n, JOBS=n
# make soak HOURS=n    the simulator with new seeds, for so long
# make check-determinism
#                      the same events give the same bytes: time zones, locales,
#                      other builds, the other compiler (DAYS=n: fewer days)
# make check-reproducible
#                      built again elsewhere, it is the same bytes
# make check-cli FLIPS=2000
#                      so many damaged logs through verify instead of 200
# make coverage        how much of the core the tests reach (gcovr);
#                      COVERAGE_DETAILS=1 also says where they do not
# make mutate          small changes of the fold that tests must notice; SAMPLE=n
#                      takes n of them (0: all), SEED=n others
# make bench           how fast it is, beside LMDB, SQLite and DuckDB; installs
#                      what is missing; N=10000000 for that many events
# make check-instructions UPDATE=1
#                      the figures of tests/bench/instructions.tsv anew
# make install         program, library, headers, manual page (PREFIX, DESTDIR)
# make V=1             show the commands
#
# CC, CXX, CFLAGS, LDFLAGS, PREFIX and DESTDIR are yours to set.

CC         ?= cc
PKG_CONFIG ?= pkg-config
PREFIX     ?= /usr/local
CFLAGS     ?= -O2 -g
OBJCOPY    ?= objcopy
INSTALL    ?= install

VERSION := $(shell sed -n 's/^\#define ENT_VERSION "\(.*\)"$$/\1/p' include/entente/entente.h)

comma := ,
CC_NAME := $(notdir $(firstword $(CC)))
BUILD := build$(if $(filter-out cc gcc,$(CC_NAME)),-$(CC_NAME))$(if $(SAN),-$(subst $(comma),-,$(SAN)))

# msgpack-c renamed its .pc file in version 6.
MSGPACK := $(shell $(PKG_CONFIG) --exists msgpack-c 2>/dev/null && echo msgpack-c || echo msgpack)
PKGS := lmdb uuid jansson libcrypto libxml-2.0 $(MSGPACK)

include engine/harden.mk

SAN_FLAGS := $(if $(SAN),-fsanitize=$(SAN) -fno-sanitize-recover=all -fno-omit-frame-pointer)

ALL_CFLAGS := -std=c17 -D_GNU_SOURCE -Iinclude -MMD -MP -fvisibility=hidden \
	-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes \
	-Wmissing-prototypes -Werror=vla -Walloca -Wformat=2 $(HARDEN_CFLAGS) $(SAN_FLAGS) \
	$(shell $(PKG_CONFIG) --cflags $(PKGS) 2>/dev/null) $(CFLAGS)
ALL_LDFLAGS := $(HARDEN_LDFLAGS) $(SAN_FLAGS) $(LDFLAGS)
LIBS := $(shell $(PKG_CONFIG) --libs $(PKGS) 2>/dev/null) -lcsv -lpthread
BENCH_LIBS = $(shell $(PKG_CONFIG) --libs sqlite3 2>/dev/null || echo -lsqlite3)
TEST_LIBS = $(shell $(PKG_CONFIG) --libs cmocka 2>/dev/null || echo -lcmocka)

Q := $(if $(V),,@)
say = $(if $(V)$(QUIET),,@printf '  %-5s %s\n' $(1) $(2))

# A file includes only what stands above it in this list.
GROUND := error mem arena buf text_bytes fd utf8 near map positions version
VALUES := day clock date value value_json pointer vocabulary event event_check \
	event_rules event_source
DOORS  := json json_plain json_column codec codec_scan csv hash sign id xml \
	xml_build xml_prepare xml_walk \
	store store_copy store_copy_fill store_create store_cursor store_lock \
	store_open store_place store_size store_usage
LOG    := spans block redacted record row columns row_walk codes tree tree_proof id_run \
	ids ids_add log fixes redact batch append append_write append_redacted identity cursor \
	verify_columns verify verify_counts stat
TRUST  := key key_file minisign note head proof proof_read
STATE  := $(addprefix checkpoint/,series group checkpoint checkpoint_items \
	checkpoint_update legs checkpoint_rows checkpoint_tallies \
	checkpoint_shared checkpoint_append checkpoint_log checkpoint_verify) \
	basis days question model model_look_up standing model_stance slots hold \
	entries tallies fold fold_rows certainty certainty_until state render \
	render_document render_user whole changes changes_lists trail_rows trail \
	diff diff_json patch causes why preview redact backup reducers/alliance \
	reducers/chair reducers/lists reducers/member reducers/stance \
	reducers/user
NEWS   := $(patsubst engine/news/%.c,%,$(sort $(wildcard engine/news/*/*.c)))
IMPORT := $(basename $(notdir $(sort $(wildcard engine/import/*.c))))
UNIT   := $(patsubst tests/unit/test_%.c,%,$(sort $(wildcard tests/unit/test_*.c)))

LIB_OBJS := $(GROUND:%=$(BUILD)/engine/ground/%.o) \
	$(VALUES:%=$(BUILD)/engine/values/%.o) \
	$(DOORS:%=$(BUILD)/engine/doors/%.o) \
	$(LOG:%=$(BUILD)/engine/log/%.o) \
	$(TRUST:%=$(BUILD)/engine/trust/%.o) \
	$(STATE:%=$(BUILD)/engine/state/%.o) \
	$(NEWS:%=$(BUILD)/engine/news/%.o) \
	$(IMPORT:%=$(BUILD)/engine/import/%.o)
CLI_OBJS  := $(patsubst %.c,$(BUILD)/%.o,$(sort $(wildcard cli/*.c)))
UNIT_BINS := $(UNIT:%=$(BUILD)/tests/unit/test_%)
CLI_BINS  := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/cli/test_*.c))
NEWS_BINS := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/news/test_*.c))
NEWS_OBJS := $(patsubst %.c,$(BUILD)/%.o,$(filter-out tests/news/test_%,\
	$(wildcard tests/news/*.c)))
PROPERTY_BINS := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/property/test_*.c))
PROPERTY_OBJS := $(patsubst %.c,$(BUILD)/%.o,$(filter-out tests/property/test_%,\
	$(wildcard tests/property/*.c)))
BENCH_OBJS := $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/bench/*.c))

all: $(BUILD)/entente $(BUILD)/libentente.a

# pkg-config was asked when this file was read, so what has just been installed
# needs a make of its own.
demo:
	$(Q).ci/deps build
	@echo 'building ...'
	$(Q)$(MAKE) --no-print-directory QUIET=1 all
	$(Q)fixtures/demo.sh $(BUILD)/entente

# What is done at once is still told one behind the other.
CORES   := $(shell getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1)
AT_ONCE := -j$(CORES) --output-sync=target

check:
	$(Q)CC='$(CC)' SAN='$(SAN)' .ci/deps test
	$(Q)$(MAKE) --no-print-directory $(AT_ONCE) check-all

check-all: check-headers check-layers check-unit check-property check-news \
	check-cli check-trust check-processes check-readme check-fuzz \
	check-hardening check-instructions

$(BUILD)/%.o: %.c Makefile engine/harden.mk
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(CC) $(ALL_CFLAGS) -c $< -o $@

# The engine sees its own headers; the front end does not, so that a boundary
# which the compiler keeps lies between the two.
$(BUILD)/engine/%.o: ALL_CFLAGS += -Iengine
$(BUILD)/tests/unit/%.o: ALL_CFLAGS += -Iengine

# One relocatable object whose hidden symbols have been made local: buf_add() and
# friends keep short names without leaking into a program that links us.  Where
# objcopy is missing, or knows no such thing, the names stay.
$(BUILD)/libentente.a: $(LIB_OBJS)
	$(call say,AR,$@)
	$(Q)rm -f $@
	$(Q)if [ "$$(uname -s)" = Linux ] && command -v $(OBJCOPY) >/dev/null; then \
		$(LD) -r $^ -o $(BUILD)/libentente.o && \
		$(OBJCOPY) --localize-hidden $(BUILD)/libentente.o && \
		$(AR) rcsD $@ $(BUILD)/libentente.o; \
	else \
		$(AR) rcs $@ $^; \
	fi

include cli/countries.mk engine/embed.mk tests/fault/sim.mk tests/fuzz/fuzz.mk

$(BUILD)/entente: $(CLI_OBJS) $(BUILD)/libentente.a
	$(call say,LD,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) $^ $(LIBS) -o $@

# Unit tests reach inside, so they take objects rather than the archive.  They
# take them from an archive of their own, and with it only what they call.
$(BUILD)/engine.a: $(LIB_OBJS)
	$(Q)rm -f $@ && $(AR) rcs $@ $^

$(BUILD)/tests/unit/test_%: $(BUILD)/tests/unit/test_%.o $(BUILD)/engine.a
	$(call say,LD,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) $^ $(LIBS) $(TEST_LIBS) -o $@

# Property tests see the public headers alone; what they share is in the files
# that are not named test_*.
$(BUILD)/tests/property/test_%: $(BUILD)/tests/property/test_%.o \
		$(PROPERTY_OBJS) $(BUILD)/libentente.a
	$(call say,LD,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) $^ $(LIBS) -o $@

$(BUILD)/tests/news/test_%: $(BUILD)/tests/news/test_%.o $(NEWS_OBJS) \
		$(BUILD)/libentente.a
	$(call say,LD,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) $^ $(LIBS) -o $@

$(BUILD)/tests/trust/test_%: $(BUILD)/tests/trust/test_%.o $(BUILD)/libentente.a
	$(call say,LD,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) $^ $(LIBS) -o $@

$(BUILD)/tests/cli/test_csto: $(BUILD)/tests/cli/test_csto.o
	$(call say,LD,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) $^ $(LIBS) -o $@

$(BUILD)/tests/cli/test_review: $(BUILD)/tests/cli/test_review.o \
		$(BUILD)/tests/cli/terminal.o
	$(call say,LD,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) $^ -o $@

$(BUILD)/tests/cli/test_isolate: $(BUILD)/tests/cli/test_isolate.o
	$(call say,LD,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) $^ -o $@

$(BUILD)/tests/cli/test_confine: $(BUILD)/tests/cli/test_confine.o \
		$(BUILD)/cli/isolate_confine.o
	$(call say,LD,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) $^ -o $@

$(BUILD)/tests/cli/test_limits.o $(BUILD)/tests/cli/test_frames.o: ALL_CFLAGS += -Icli

$(BUILD)/tests/cli/test_limits: $(BUILD)/tests/cli/test_limits.o \
		$(BUILD)/cli/isolate_child.o $(BUILD)/cli.a $(BUILD)/engine.a
	$(call say,LD,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) $^ $(LIBS) -o $@

$(BUILD)/tests/cli/test_frames: $(BUILD)/tests/cli/test_frames.o \
		$(BUILD)/cli/isolate.o $(BUILD)/engine.a
	$(call say,LD,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) $^ $(LIBS) -o $@

$(BUILD)/tests/cli/test_stop: $(BUILD)/tests/cli/test_stop.o \
		$(BUILD)/tests/cli/terminal.o
	$(call say,LD,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) $^ $(LIBS) -o $@

$(BUILD)/tests/bench/bench: $(BENCH_OBJS) $(BUILD)/libentente.a
	$(call say,LD,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) $^ $(LIBS) $(BENCH_LIBS) -o $@

# Every binary runs, also behind one that fails.
define run-each
@failed=0; for t in $^; do \
	echo "  TEST  $$t"; $$t || failed=1; \
done; exit $$failed
endef

check-unit: $(UNIT_BINS)
	$(run-each)

check-property: $(PROPERTY_BINS)
	$(run-each)

# What the coder makes of sentences that a person has coded.
check-news: $(NEWS_BINS) $(BUILD)/entente
	@failed=0; for t in $(NEWS_BINS); do \
		echo "  TEST  $$t"; $$t || failed=1; \
	done; \
	tests/news/score.sh $(BUILD)/entente || failed=1; exit $$failed

check-cli: $(BUILD)/entente $(CLI_BINS)
	@failed=0; tests/cli/run.sh $< || failed=1; \
	$(BUILD)/tests/cli/test_csto $< fixtures || failed=1; \
	$(BUILD)/tests/cli/test_review $< || failed=1; \
	$(BUILD)/tests/cli/test_isolate $< $(FLIPS) || failed=1; \
	$(BUILD)/tests/cli/test_confine || failed=1; \
	$(BUILD)/tests/cli/test_limits || failed=1; \
	$(BUILD)/tests/cli/test_frames || failed=1; \
	$(BUILD)/tests/cli/test_stop $< || failed=1; exit $$failed

# Proofs and signatures, by programs of others.
check-trust: $(BUILD)/entente $(BUILD)/tests/trust/test_large
	@failed=0; tests/trust/run.sh $< || failed=1; \
	$(BUILD)/tests/trust/test_large || failed=1; exit $$failed

check-trust-large: $(BUILD)/tests/trust/test_large
	@$< 1000000 10000

FAULT_PARTS += check-trust-large

check-readme: $(BUILD)/entente $(BUILD)/libentente.a
	@CC='$(CC)' README_CFLAGS='$(SAN_FLAGS)' README_LIBS='$(LIBS)' \
		tests/readme.sh $<

# Each public header must stand alone, in C99 and in C++11.
CXX_CHECK ?= $(if $(findstring clang,$(CC)),clang++,g++)
check-headers:
	@passed=0; failed=0; \
	for h in include/entente/*.h; do \
		for lang in '$(CC) -x c -std=c99' '$(CXX_CHECK) -x c++ -std=c++11'; do \
			if echo "#include \"$${h#include/}\"" | $$lang -Wall -Wextra \
				-pedantic -Werror -Iinclude -fsyntax-only -; \
			then passed=$$((passed + 1)); \
			else failed=$$((failed + 1)); echo "  FAIL  $$h: $$lang"; fi; \
		done; \
	done; \
	echo "headers: $$passed passed, $$failed failed, 0 skipped"; \
	[ $$failed -eq 0 ]

check-layers:
	@tests/layers.sh

# What the main paths cost, without a clock.
check-instructions: $(BUILD)/entente
	@CC='$(CC)' CFLAGS='$(CFLAGS)' SAN='$(SAN)' UPDATE='$(UPDATE)' \
		tests/bench/instructions.sh $<

include tests/determinism.mk tests/fault/processes.mk tests/analyze.mk tests/coverage.mk tests/mutate/mutate.mk

# A million events, or N; beside LMDB, SQLite and DuckDB.
bench:
	$(Q).ci/deps bench
	$(Q)$(MAKE) --no-print-directory bench-all

bench-all: $(BUILD)/tests/bench/bench $(BUILD)/entente
	@DUCKDB_NODE=$$(tests/bench/duckdb.sh $(BUILD)/bench-node) \
		$< $(BUILD)/entente $(BUILD) tests/bench/duckdb.cjs

# Made anew each time: PREFIX may be another.
$(BUILD)/entente.pc: FORCE
	@mkdir -p $(@D)
	$(Q){ echo 'prefix=$(PREFIX)'; \
	echo 'includedir=$${prefix}/include'; \
	echo 'libdir=$${prefix}/lib'; \
	echo; \
	echo 'Name: entente'; \
	echo 'Description: event-sourced history of alliances'; \
	echo 'Version: $(VERSION)'; \
	echo 'Requires: $(PKGS)'; \
	echo 'Cflags: -I$${includedir}'; \
	echo 'Libs: -L$${libdir} -lentente -lcsv -lpthread'; } > $@

install: all $(BUILD)/entente.pc
	$(INSTALL) -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/include/entente \
		$(DESTDIR)$(PREFIX)/lib/pkgconfig $(DESTDIR)$(PREFIX)/share/man/man1
	$(INSTALL) -m 755 $(BUILD)/entente $(DESTDIR)$(PREFIX)/bin/entente
	$(INSTALL) -m 644 include/entente/*.h $(DESTDIR)$(PREFIX)/include/entente/
	$(INSTALL) -m 644 $(BUILD)/libentente.a $(DESTDIR)$(PREFIX)/lib/
	$(INSTALL) -m 644 $(BUILD)/entente.pc $(DESTDIR)$(PREFIX)/lib/pkgconfig/
	$(INSTALL) -m 644 cli/entente.1 $(DESTDIR)$(PREFIX)/share/man/man1/

uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/entente \
		$(DESTDIR)$(PREFIX)/lib/libentente.a \
		$(DESTDIR)$(PREFIX)/lib/pkgconfig/entente.pc \
		$(DESTDIR)$(PREFIX)/share/man/man1/entente.1
	rm -rf $(DESTDIR)$(PREFIX)/include/entente

clean:
	rm -rf build build-*

FORCE:

.DELETE_ON_ERROR:
.SECONDARY:
.PHONY: FORCE all demo check check-all check-unit check-cli check-property \
	check-news \
	check-headers check-instructions check-layers check-readme check-trust \
	check-trust-large \
	bench bench-all install \
	uninstall clean
-include $(LIB_OBJS:.o=.d) $(CLI_OBJS:.o=.d) $(PROPERTY_OBJS:.o=.d) \
	$(PROPERTY_BINS:=.d) $(NEWS_OBJS:.o=.d) $(NEWS_BINS:=.d) \
	$(BENCH_OBJS:.o=.d) $(UNIT_BINS:=.d) $(CLI_BINS:=.d) \
	$(BUILD)/tests/trust/test_large.d
