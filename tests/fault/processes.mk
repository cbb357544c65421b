# Faults at the level of processes: kills, damage, full disks, many at once.
# FAULT_SEED=n makes other choices.
FAULT_SEED ?= 1
# All are linked to what some of them share.
FAULT_SHARED := $(patsubst %,$(BUILD)/tests/fault/%.o,answers fault small verbs kit)
FAULT_SHARED_A := $(BUILD)/tests/fault/shared.a
PROCESS_FAULTS := flip flip_files storm storm_copies many bloat hygiene rights signals descriptors ids
PROCESS_FAULT_BINS := $(PROCESS_FAULTS:%=$(BUILD)/tests/fault/%)
PROCESS_FAULT_SCRIPTS := tests/fault/full.sh tests/fault/hostile.sh

$(PROCESS_FAULT_BINS): $(BUILD)/tests/fault/%: $(BUILD)/tests/fault/%.o \
		$(FAULT_SHARED_A) $(BUILD)/libentente.a
	$(call say,LD,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) $^ $(LIBS) -o $@

$(FAULT_SHARED_A): $(FAULT_SHARED)
	$(Q)rm -f $@ && $(AR) rcs $@ $^

# The short form is a part of `make check`.
check-processes: $(PROCESS_FAULT_BINS) $(BUILD)/entente
	@tests/fault/avoided.sh
	@tests/fault/processes.sh short $(FAULT_SEED) $(BUILD)/entente \
		$(PROCESS_FAULT_BINS) $(PROCESS_FAULT_SCRIPTS)

check-fault-processes: $(PROCESS_FAULT_BINS) $(BUILD)/entente
	@tests/fault/processes.sh full $(FAULT_SEED) $(BUILD)/entente \
		$(PROCESS_FAULT_BINS) $(PROCESS_FAULT_SCRIPTS)


# All parts, also behind one that fails.  Nothing is built twice at once.
check-fault: all $(PROCESS_FAULT_BINS) $(FAULT_BINS) $(FAULT)/interpose.so \
		$(BUILD)/tests/trust/test_large
	@tests/fault/total.sh '$(MAKE)' check-fault-processes $(FAULT_PARTS)

.PHONY: check-processes check-fault-processes
-include $(PROCESS_FAULT_BINS:=.d) $(FAULT_SHARED:.o=.d)
