# What is seen without running, or by watching a run: how the program was built,
# and what analysers say.  Included by the Makefile.

# A part of `make check`.
check-hardening: $(BUILD)/entente $(BUILD)/libentente.a
	@CC='$(CC)' CFLAGS='$(CFLAGS)' SAN='$(SAN)' tests/hardening.sh $^

# A whole build elsewhere, and therefore not.
check-reproducible: $(BUILD)/entente $(BUILD)/libentente.a
	@MAKE='$(MAKE)' CC='$(CC)' CFLAGS='$(CFLAGS)' SAN='$(SAN)' \
		tests/reproducible.sh $^

.PHONY: check-hardening check-reproducible
