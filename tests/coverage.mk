# make coverage        how much of the core the tests reach, by lines and by branches
#
# It is built anew for gcov, in a build directory of its own.  COVERAGE_DETAILS=1 also
# names the lines that are not reached.
COVERAGE_BUILD := build/coverage
COVERAGE_MAKE = $(MAKE) --no-print-directory QUIET=1 BUILD=$(COVERAGE_BUILD) \
	CFLAGS='-O0 -g1 --coverage -fprofile-update=atomic -U_FORTIFY_SOURCE' \
	LDFLAGS=--coverage

# Those of the news and of imports do not reach the core.
COVERAGE_UNIT := $(filter-out candidate coder csv frame import_% lexicon mail \
	memory% reader% rules sentence weigh when% words xml,$(UNIT))
COVERAGE_UNIT_BINS := $(COVERAGE_UNIT:%=$(BUILD)/tests/unit/test_%)

coverage:
	@if command -v gcovr >/dev/null 2>&1; then \
		$(COVERAGE_MAKE) coverage-all; \
	else \
		echo 'coverage: skipped, no gcovr'; \
	fi

coverage-all: $(BUILD)/entente $(COVERAGE_UNIT_BINS) $(BUILD)/tests/property/test_fold \
		$(BUILD)/tests/property/test_laws
	@CC='$(CC)' tests/coverage.sh $(BUILD) '$(COVERAGE_DETAILS)' $(COVERAGE_UNIT_BINS)

# What tests/unit/failing.h makes fail.
FAILING_CALLS := malloc calloc realloc free realpath vasprintf __vasprintf_chk \
	mem_grow map_add positions_add buf_check arena_alloc arena_text \
	$(addprefix store_,begin_read get get_floor count table_bytes file_bytes readers \
		cursor_open cursor_seek cursor_next cursor_last \
		begin_write put put_ascending append replace delete clear grow \
		commit) \
	open close read write fsync fstat \
	hash_parts hash_sha1 hash_blake2b \
	sign_new_seed sign_public sign_make sign_check
FAILING_LDFLAGS := $(FAILING_CALLS:%=-Wl,--wrap=%)
$(BUILD)/tests/unit/test_failing: ALL_LDFLAGS += $(FAILING_LDFLAGS)

.PHONY: coverage coverage-all
