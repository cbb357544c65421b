# make mutate          small changes of the fold and the basis that tests must notice
#
# SAMPLE=n takes so many of all, SEED=n others; SAMPLE=0 takes all.  The tests are
# linked with the engine as a shared library of its own, so that one changed object can
# be laid over it.
SAMPLE ?= 300
SEED   ?= 1
JOBS   ?= 2
MUTATE_ONLY ?=
MUTATE_FLAGS := -O2 -fPIC -fvisibility=default
MUTATE_FILES := $(addprefix engine/state/,basis.c fold.c fold_rows.c slots.c \
	hold.c entries.c tallies.c days.c certainty.c certainty_until.c) \
	$(sort $(wildcard engine/state/reducers/*.c))

# From those that are quick to those that are not.
MUTATE_UNIT := certainty basis slots slots_left fold_order state_basis reducer why diff \
	preview state checkpoint
MUTATE_UNIT_BINS := $(MUTATE_UNIT:%=$(BUILD)/mutate/unit_%)
MUTATE_PROPERTY_BINS := $(BUILD)/mutate/property_fold $(BUILD)/mutate/property_laws

mutate:
	@if command -v python3 >/dev/null 2>&1; then \
		$(MAKE) --no-print-directory QUIET=1 BUILD=build/mutate \
			CFLAGS='$(MUTATE_FLAGS)' mutate-all; \
	else \
		echo 'mutate: skipped, no python3'; \
	fi

$(BUILD)/mutate/libengine.so: $(LIB_OBJS)
	@mkdir -p $(@D)
	$(Q)$(CC) -shared $^ $(LIBS) -o $@

$(MUTATE_UNIT_BINS): $(BUILD)/mutate/unit_%: $(BUILD)/tests/unit/test_%.o \
		$(BUILD)/mutate/libengine.so
	$(Q)$(CC) $(ALL_LDFLAGS) $^ $(LIBS) $(TEST_LIBS) -Wl,-rpath,$(abspath $(@D)) -o $@

$(MUTATE_PROPERTY_BINS): $(BUILD)/mutate/property_%: \
		$(BUILD)/tests/property/test_%.o $(PROPERTY_OBJS) \
		$(BUILD)/mutate/libengine.so
	$(Q)$(CC) $(ALL_LDFLAGS) $^ $(LIBS) -Wl,-rpath,$(abspath $(@D)) -o $@

MUTATE_LINK = $(CC) $(ALL_LDFLAGS) $(FAILING_LDFLAGS) {object} \
	$(BUILD)/tests/unit/test_failing.o $(BUILD)/engine.a $(LIBS) $(TEST_LIBS) \
	-o {program}

mutate-all: $(MUTATE_UNIT_BINS) $(MUTATE_PROPERTY_BINS) \
		$(BUILD)/tests/unit/test_failing.o $(BUILD)/engine.a
	@tests/mutate/mutate.py --sample $(SAMPLE) --jobs $(JOBS) --seed $(SEED) \
		--only '$(MUTATE_ONLY)' \
		--cc '$(CC) $(filter-out -MMD -MP,$(ALL_CFLAGS)) -Iengine' \
		$(MUTATE_UNIT_BINS:%=--test %) \
		--test '$(BUILD)/mutate/property_fold 1 100 1' \
		--test '$(BUILD)/mutate/property_laws 1 15 1' \
		--link '$(MUTATE_LINK)' $(MUTATE_FILES)

.PHONY: mutate mutate-all
