# Fuzzing.  Included by the Makefile.
#
# make check-fuzz      each corpus through its target, with any compiler
# make fuzz SECONDS=n  libFuzzer with ASan and UBSan on every target, n seconds
#                      each (60), JOBS processes of it at once (2); needs clang
#      TARGET=t        on that one only
#      SEED=s          the same random numbers again (1); the j-th process has s+j-1
#      RUNS=n          n executions of each process instead of seconds
# make fuzz-merge TARGET=t
#                      take what the last run found into the corpus, kept small
#
# A target is one file, fuzz_NAME.c; see README.md.

FUZZ       := $(patsubst tests/fuzz/fuzz_%.c,%,$(sort $(wildcard tests/fuzz/fuzz_*.c)))
FUZZ_OBJS  := $(patsubst %.c,$(BUILD)/%.o,$(filter-out tests/fuzz/fuzz_% \
	tests/fuzz/replay.c,$(wildcard tests/fuzz/*.c)))
FUZZ_BINS  := $(FUZZ:%=$(BUILD)/tests/fuzz/replay_%)
FUZZERS    := $(FUZZ:%=$(BUILD)/tests/fuzz/fuzz_%)
FUZZ_BUILD := build/fuzz

# A target sees the engine from inside; or, where it includes a header of the
# program, the program's commands and the library that they are linked with.
FUZZ_CLI   := $(patsubst tests/fuzz/fuzz_%.c,%,$(shell \
	grep -lE '^.include "(ask|cli|opt)\.h"' tests/fuzz/fuzz_*.c))

$(BUILD)/tests/fuzz/%.o: ALL_CFLAGS += -Iengine
$(FUZZ_CLI:%=$(BUILD)/tests/fuzz/fuzz_%.o): ALL_CFLAGS += -Icli

# The commands of the program, but not its main().
$(BUILD)/cli.a: $(filter-out %/main.o,$(CLI_OBJS))
	$(Q)rm -f $@ && $(AR) rcs $@ $^

# Of what targets share each takes what it calls.
$(BUILD)/fuzz.a: $(FUZZ_OBJS)
	$(Q)rm -f $@ && $(AR) rcs $@ $^

# What stands in the place of another function: see lexicon_once.c and fuzz_log.c.
# Other linkers know no such thing.
fuzz-wrap = $(if $(filter Linux,$(shell uname -s)),$(1:%=-Wl$(comma)--wrap=%))
FUZZ_LDFLAGS := $(call fuzz-wrap,lexicon_open lexicon_close)

fuzz_libs = $(BUILD)/fuzz.a $(if $(filter $(1),$(FUZZ_CLI)),$(BUILD)/cli.a \
	$(BUILD)/libentente.a,$(BUILD)/engine.a $(BUILD)/fuzz.a $(BUILD)/engine.a)

$(BUILD)/tests/fuzz/replay_%: $(BUILD)/tests/fuzz/fuzz_%.o \
		$(BUILD)/tests/fuzz/replay.o $(BUILD)/fuzz.a \
		$(BUILD)/cli.a $(BUILD)/libentente.a $(BUILD)/engine.a
	$(call say,LD,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) $(FUZZ_LDFLAGS) $(filter %.o,$^) \
		$(call fuzz_libs,$*) $(LIBS) -lm -o $@

$(BUILD)/tests/fuzz/fuzz_log: FUZZ_LDFLAGS += $(call fuzz-wrap,store_check_place \
	$(addprefix __sanitizer_cov_trace_,cmp1 cmp2 cmp4 cmp8 const_cmp1 \
	const_cmp2 const_cmp4 const_cmp8))

# libFuzzer brings a main() of its own.
$(BUILD)/tests/fuzz/fuzz_%: $(BUILD)/tests/fuzz/fuzz_%.o \
		$(BUILD)/fuzz.a $(BUILD)/cli.a $(BUILD)/libentente.a $(BUILD)/engine.a
	$(call say,LD,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) $(FUZZ_LDFLAGS) -fsanitize=fuzzer $(filter %.o,$^) \
		$(call fuzz_libs,$*) $(LIBS) -lm -o $@

check-fuzz: $(FUZZ_BINS)
	@tests/fuzz/replay.sh $(BUILD)/tests/fuzz $(FUZZ)

fuzzers: $(FUZZERS)

# The same rules, with clang, in a build directory of its own.
FUZZ_MAKE = $(MAKE) --no-print-directory CC=clang CFLAGS='-O2 -g1' \
	SAN=fuzzer-no-link,address,undefined BUILD=$(FUZZ_BUILD)

fuzz:
	$(Q)command -v clang >/dev/null || { \
		echo 'fuzz: clang is needed, and is not there' >&2; exit 1; }
	$(Q)$(FUZZ_MAKE) $(if $(TARGET),$(FUZZ_BUILD)/tests/fuzz/fuzz_$(TARGET),fuzzers)
	$(Q)FUZZ_SECONDS='$(SECONDS)' FUZZ_RUNS='$(RUNS)' FUZZ_SEED='$(SEED)' \
		FUZZ_JOBS='$(JOBS)' tests/fuzz/run.sh $(FUZZ_BUILD) \
		$(if $(TARGET),$(TARGET),$(FUZZ))

fuzz-merge:
	$(Q)tests/fuzz/merge.sh $(FUZZ_BUILD) $(TARGET)

.PHONY: check-fuzz fuzz fuzzers fuzz-merge
-include $(FUZZ:%=$(BUILD)/tests/fuzz/fuzz_%.d) $(FUZZ_OBJS:.o=.d) \
	$(BUILD)/tests/fuzz/replay.d
