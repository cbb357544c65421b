# How the compiler is asked to harden what it makes: only by what it has.
# Included by the Makefile, which defines CC, CFLAGS and SAN.  engine/README.md
# says why; tests/hardening.sh looks at what came out.

# Of the words, those that the compiler takes without a warning.
compiler-has = $(shell for flag in $(1); do \
	$(CC) -Werror $$flag -c -x c /dev/null -o /dev/null 2>/dev/null && \
	echo $$flag; done)

# The C library says what it makes of a level: that goes by its own version, by
# the compiler's and by -O.
fortify-level = $(shell for level in 3 2; do \
	printf '\043include <stdlib.h>\n\043if __USE_FORTIFY_LEVEL + 0 < %d\n\043error\n\043endif\n' \
	$$level | $(CC) $(CFLAGS) -Werror -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=$$level \
	-fsyntax-only -x c - 2>/dev/null && echo $$level && break; done)

# What was never written is 0, so that no bytes of before get into a log or an
# answer.  Before version 16 clang wants a word more for it.
ZERO_FLAG := -ftrivial-auto-var-init=zero
ZERO_KNOWING := -enable-trivial-auto-var-init-zero-knowing-it-will-be-removed-from-clang
zero-flags = $(or $(call compiler-has,$(ZERO_FLAG)),$(if \
	$(shell $(CC) -Werror $(ZERO_FLAG) $(ZERO_KNOWING) -c -x c /dev/null \
	-o /dev/null 2>/dev/null && echo yes),$(ZERO_FLAG) $(ZERO_KNOWING)))

# Set, these are not asked for anew: PLAIN is for tools that want to see what was
# never written, and calls as they stand.  Sanitizers are such tools.
PLAIN ?= $(SAN)
FORTIFY_LEVEL := $(if $(PLAIN),,$(fortify-level))

# Objects that may end up in any position, and no writable jump tables.
HARDEN_CFLAGS := -fPIE \
	$(call compiler-has,-fstack-protector-strong -fstack-clash-protection \
	-fcf-protection -fno-strict-aliasing) \
	$(if $(PLAIN),,$(zero-flags)) -U_FORTIFY_SOURCE \
	$(if $(FORTIFY_LEVEL),-D_FORTIFY_SOURCE=$(FORTIFY_LEVEL))
HARDEN_LDFLAGS := -pie $(if $(filter Linux,$(shell uname -s)),\
	-Wl$(comma)-z$(comma)relro -Wl$(comma)-z$(comma)now \
	-Wl$(comma)-z$(comma)noexecstack)

# The same bytes wherever it is built: debug information names no folder of the
# machine, and an archive no time.
HARDEN_CFLAGS += $(call compiler-has,-ffile-prefix-map=$(CURDIR)=.)
