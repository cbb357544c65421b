# determinism.mk - the same events give the same bytes, however the program was built
# and wherever it runs.
ANSWERS := $(BUILD)/tests/determinism/answers

$(ANSWERS): $(ANSWERS).o $(PROPERTY_OBJS) $(BUILD)/libentente.a
	$(call say,LD,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) $^ $(LIBS) -o $@

# The short form is a part of `make check`.
check-determinism-short: $(ANSWERS) $(BUILD)/entente
	@tests/determinism.sh short $(BUILD)

# Built also without optimisation, with all of it, with char unsigned, by the other
# compiler, and with a sanitizer.
check-determinism: $(ANSWERS) $(BUILD)/entente
	@MAKE='$(MAKE)' DAYS='$(DAYS)' tests/determinism.sh full $(BUILD)

check-all: check-determinism-short

.PHONY: check-determinism check-determinism-short
-include $(ANSWERS).d
