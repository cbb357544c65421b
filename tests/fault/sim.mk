# sim.mk - faults by interposed calls: the simulator, crash images, and every
# allocation and every system call of every command failing in turn.

FAULT := $(BUILD)/tests/fault
FAULT_CALLS := $(FAULT)/calls.o $(FAULT)/calls_rest.o $(FAULT)/disk.o $(FAULT)/files.o \
	$(FAULT)/files_cut.o $(FAULT)/workers.o
FAULT_SIM := $(FAULT)/sim.o $(FAULT)/sim_events.o $(FAULT)/sim_check.o \
	$(FAULT)/sim_copy.o $(FAULT)/sim_power.o
FAULT_WRAP := $(patsubst %,-Wl$(comma)--wrap=%,checkpoint_update store_put \
	store_put_ascending store_append store_replace store_delete store_clear \
	store_copy_fill store_sync store_sync_folder store_sync_names \
	store_commit \
	store_begin_read store_begin_write store_close)

$(FAULT)/%.o: ALL_CFLAGS += -Iengine

$(FAULT)/test_sim: $(FAULT)/test_sim.o $(FAULT_SIM) $(FAULT)/plant.o \
		$(FAULT_CALLS) $(BUILD)/engine.a
	$(call say,LD,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) $(FAULT_WRAP) $^ $(LIBS) -o $@

$(FAULT)/test_images: $(FAULT)/test_images.o $(FAULT)/images.o \
		$(FAULT)/sim_events.o $(FAULT)/plant.o $(FAULT_CALLS) $(BUILD)/engine.a
	$(call say,LD,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) $(FAULT_WRAP) $^ $(LIBS) -o $@

# What is preloaded goes anywhere in memory, and is not sanitized; under a
# sanitizer it allocates from that.
FAULT_SO := $(patsubst %,$(FAULT)/%.pic.o,calls calls_names calls_rest disk files memory serve \
	$(if $(SAN),memory_next))

$(FAULT)/%.pic.o: tests/fault/%.c Makefile
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(CC) $(filter-out -fPIE $(SAN_FLAGS),$(ALL_CFLAGS)) \
		$(if $(SAN),-DFAULT_NEXT) -fPIC -c $< -o $@

$(FAULT)/interpose.so: $(FAULT_SO)
	$(call say,LD,$@)
	$(Q)$(CC) -shared $(LDFLAGS) $^ -ldl -o $@

# See synced.c.
$(FAULT)/synced.so: $(FAULT)/synced.pic.o
	$(call say,LD,$@)
	$(Q)$(CC) -shared $(LDFLAGS) $^ -o $@

$(FAULT)/test_commands: $(FAULT)/test_commands.o $(FAULT)/commands.o \
		$(FAULT)/command_list.o $(FAULT)/kit.o $(FAULT)/workers.o \
		$(BUILD)/engine.a
	$(call say,LD,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) $^ $(LIBS) -o $@

FAULT_BINS := $(FAULT)/test_sim $(FAULT)/test_images $(FAULT)/test_commands
FAULT_COMMANDS := $(FAULT)/test_commands $(BUILD)/entente $(FAULT)/interpose.so

# With gcc's AddressSanitizer, leaks where a command fails are failures.  That of
# clang is a part of the program: its allocator stands in front of ours.
FAULT_IN_FRONT := $(if $(SAN),$(if $(and $(findstring address,$(SAN)),$(filter \
	cc gcc,$(CC_NAME))),,yes))
fault-commands = $(if $(FAULT_IN_FRONT),@echo '  skip  faults of commands: the sanitizer stands in front of them',$(Q)$(FAULT_COMMANDS) $(1))
fault-synced = $(if $(SAN),@echo '  skip  what is synced: a sanitizer is in the way',$(Q)tests/fault/synced.sh $(BUILD)/entente $(FAULT)/synced.so)

check-fault-sim-short: $(FAULT_BINS) $(FAULT)/interpose.so $(FAULT)/synced.so \
		$(BUILD)/entente
	$(call fault-synced)
	$(Q)$(FAULT)/test_sim --planted
	$(Q)$(FAULT)/test_images 8
	$(call fault-commands,$(if $(SAN),1,2))

check-fault-planted: $(FAULT)/test_sim
	$(Q)$(FAULT)/test_sim --planted

# 25,000 seeds are some 708,000 power cuts.
check-fault-seeds: $(FAULT)/test_sim
	$(Q)$(FAULT)/test_sim $(SEEDS)

check-fault-images: $(FAULT)/test_images
	$(Q)$(FAULT)/test_images

# POINTS=0: each allocation, also of the commands that make ten thousand; that takes
# some twenty minutes.
check-fault-commands: $(FAULT_COMMANDS)
	$(call fault-commands,$(POINTS))

FAULT_PARTS += check-fault-planted check-fault-seeds check-fault-images \
	check-fault-commands

# New seeds for so many hours; a failure prints its seed.
soak: $(FAULT)/test_sim
	$(Q)$(FAULT)/test_sim --hours $(or $(HOURS),1)

SEEDS ?= 25000
POINTS ?= $(if $(SAN),8,80)

check-all: check-fault-sim-short

.PHONY: check-fault check-fault-planted check-fault-seeds check-fault-images \
	check-fault-commands check-fault-sim-short soak
-include $(FAULT_BINS:=.d) $(FAULT_SIM:.o=.d) $(FAULT_CALLS:.o=.d) \
	$(FAULT_SO:.o=.d) $(FAULT)/plant.d $(FAULT)/images.d $(FAULT)/synced.pic.d $(FAULT)/commands.d \
	$(FAULT)/command_list.d $(FAULT)/kit.d
