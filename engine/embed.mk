# Text files that are compiled in: what names mean, how events are told, how the
# columns of others are read.  Included by the Makefile, which defines BUILD.

LEXICON_FILES := $(sort $(wildcard engine/news/lexicon/*.tsv))
RULE_FILES    := $(sort $(wildcard engine/news/rules/*.tsv))
MAP_FILES     := $(sort $(wildcard engine/import/maps/*.map))

$(BUILD)/gen/lexicon_files.h: engine/embed.sh $(LEXICON_FILES)
	@mkdir -p $(@D)
	$(Q)engine/embed.sh $@ $(LEXICON_FILES)

$(BUILD)/gen/rule_files.h: engine/embed.sh $(RULE_FILES)
	@mkdir -p $(@D)
	$(Q)engine/embed.sh $@ $(RULE_FILES)

$(BUILD)/gen/map_files.h: engine/embed.sh $(MAP_FILES)
	@mkdir -p $(@D)
	$(Q)engine/embed.sh $@ $(MAP_FILES)

# Only these three files see them.
$(BUILD)/engine/news/lexicon/lexicon_files.o: $(BUILD)/gen/lexicon_files.h
$(BUILD)/engine/news/rules/rule_files.o: $(BUILD)/gen/rule_files.h
$(BUILD)/engine/import/map_files.o: $(BUILD)/gen/map_files.h
$(BUILD)/engine/news/lexicon/lexicon_files.o $(BUILD)/engine/news/rules/rule_files.o \
$(BUILD)/engine/import/map_files.o: private override ALL_CFLAGS += -I$(BUILD)/gen
