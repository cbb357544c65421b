# What is seen without running, or by watching a run: how the program was built,
# and what analysers say.  Included by the Makefile.

# A part of `make check`.
check-hardening: $(BUILD)/entente $(BUILD)/libentente.a
	@CC='$(CC)' CFLAGS='$(CFLAGS)' SAN='$(SAN)' tests/hardening.sh $^

# A whole build elsewhere, and therefore not.
check-reproducible: $(BUILD)/entente $(BUILD)/libentente.a
	@MAKE='$(MAKE)' CC='$(CC)' CFLAGS='$(CFLAGS)' SAN='$(SAN)' \
		tests/reproducible.sh $^

# ---- analysers ----------------------------------------------------------------

# make analyze         what the analysers that are there say: nothing
# make analyze-gcc     one of them: gcc, clang, tidy, cppcheck
#
# Each file that is clean leaves a stamp in ANALYZED, so that only what changed is
# looked at again.  Exceptions stand in the files, with their reason.
ANALYZED := build/analyzed
ANALYZERS := gcc cppcheck clang tidy
ANALYZED_FILES := $(patsubst $(BUILD)/%.o,%.c,$(LIB_OBJS) $(CLI_OBJS))
ANALYZED_HEADERS = $(shell find engine cli include -name '*.h')
ANALYZED_TABLES := $(addprefix $(BUILD)/gen/,lexicon_files.h rule_files.h \
	map_files.h countries_table.h)

# Without what hardening adds: values that were never written shall be seen.
ANALYZE_CFLAGS = -std=c17 -D_GNU_SOURCE -Iinclude -I$(BUILD)/gen \
	$(if $(filter engine/%,$<),-Iengine,-Icli) \
	$(shell $(PKG_CONFIG) --cflags $(PKGS) 2>/dev/null)
# error.c and mem.c define what analyze.h says of them.
ANALYZE_MODEL = $(if $(filter %/error.c %/mem.c %/fail.c,$<),,\
	-include tests/analyze.h)

analyzer-of-gcc := gcc
analyzer-of-cppcheck := cppcheck
analyzer-of-clang := clang
analyzer-of-tidy := clang-tidy

# gcc 12 takes structures that -O2 has cut up for unwritten ones, and pointers that it
# copies as numbers.
analyze-by-gcc = gcc $(ANALYZE_CFLAGS) $(ANALYZE_MODEL) -O0 -fno-builtin-memcpy -fanalyzer \
	-c $< -o /dev/null
analyze-by-cppcheck = cppcheck -q --std=c11 --enable=warning,portability,performance \
	--inline-suppr --error-exitcode=1 -D__x86_64__ -D__linux__ \
	'-Dassert(x)=((x) ? (void)0 : abort())' \
	-Iinclude -Iengine -I$(BUILD)/gen $<
analyze-by-clang = clang --analyze --analyzer-output text $(ANALYZE_CFLAGS) \
	$(ANALYZE_MODEL) $<
analyze-by-tidy = { clang-tidy --quiet $< -- $(ANALYZE_CFLAGS) $(ANALYZE_MODEL) \
	2>/dev/null; }

# A file is clean when nothing is said about it.
define analyze-rule
$(ANALYZED)/$(1)/%: %.c tests/analyze.h tests/analyze.mk .clang-tidy \
		$$(ANALYZED_HEADERS) | $(ANALYZED_TABLES)
	@mkdir -p $$(@D)
	$$(Q)$$(analyze-by-$(1)) >$$@.said 2>&1 && [ ! -s $$@.said ] || \
		{ echo "  FAIL  analyze: $(1): $$<"; cat $$@.said; exit 1; }
	$$(Q)mv $$@.said $$@

analyze-$(1): $$(if $$(shell command -v $(analyzer-of-$(1))),\
		$$(ANALYZED_FILES:%.c=$(ANALYZED)/$(1)/%))
	@$$(if $$^,echo "analyze-$(1): $$(words $$^) passed$$(comma) 0 failed$$(comma) 0 skipped",\
		echo "  skip  analyze: there is no $(analyzer-of-$(1))"; \
		echo "analyze-$(1): 0 passed$$(comma) 0 failed$$(comma) 1 skipped")
endef

ifneq ($(filter analyze%,$(MAKECMDGOALS)),)
$(foreach name,$(ANALYZERS),$(eval $(call analyze-rule,$(name))))
endif

analyze: $(ANALYZERS:%=analyze-%)

# ---- while it runs --------------------------------------------------------------

# Threads: those that read ahead of `append`, and locks of the engine.
check-threads:
	$(Q)$(MAKE) --no-print-directory SAN=thread check-threads-all

check-threads-all: export TSAN_OPTIONS = halt_on_error=1
# The writers of test_backup_busy are processes, and write as long as it is checked.
check-threads-all: $(filter-out %/test_backup_busy,$(UNIT_BINS)) $(BUILD)/entente \
		$(BUILD)/tests/cli/test_stop
	@failed=0; for t in $(filter %/test_%,$(filter-out %/test_stop,$^)); do \
		echo "  TEST  $$t"; $$t || failed=1; \
	done; \
	tests/cli/run.sh $(BUILD)/entente \
		$(basename $(notdir $(wildcard tests/cli/append_*.sh))) || failed=1; \
	$(BUILD)/tests/cli/test_stop $(BUILD)/entente || failed=1; \
	exit $$failed

# Memory that nobody wrote or that is not ours: unit tests and the program.  Left out is
# what waits for others or takes minutes here: that runs under the sanitizers.
VALGRIND := valgrind -q --error-exitcode=99 --leak-check=full --show-leak-kinds=definite \
	--errors-for-leak-kinds=definite
VALGRIND_NOT := backup_busy coder damage failing import_atop import_hostile tamper \
	tree tree_proof
VALGRIND_UNIT := $(filter-out $(VALGRIND_NOT),$(UNIT))
VALGRIND_CLI := append_batch_zero append_json append_stdin backup_json diff_json \
	diff_text diff_trail export_csv head_note import_csv log_json prove_check \
	redact_once replay_json show_event stat_text verify_json why_json

check-valgrind: $(VALGRIND_UNIT:%=$(BUILD)/tests/unit/test_%) $(BUILD)/entente
	@tests/valgrind.sh '$(VALGRIND)' $(BUILD)/entente '$(VALGRIND_CLI)' \
		$(VALGRIND_UNIT:%=$(BUILD)/tests/unit/test_%)

.PHONY: check-valgrind check-hardening check-reproducible analyze check-threads \
	check-threads-all $(ANALYZERS:%=analyze-%)
