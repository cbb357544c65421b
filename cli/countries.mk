# The table of countries, made from the lists of iso-codes.  Included by the
# Makefile, which defines BUILD.

$(BUILD)/gen/countries_table.h: cli/countries/make.sh cli/countries/make.awk
	@mkdir -p $(@D)
	$(Q)PKG_CONFIG="$(PKG_CONFIG)" cli/countries/make.sh $@

$(BUILD)/cli/countries.o: $(BUILD)/gen/countries_table.h
$(BUILD)/cli/countries.o: private override ALL_CFLAGS += -I$(BUILD)/gen
