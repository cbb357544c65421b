# sim.mk - faults by interposed calls: the simulator, crash images, and every
# allocation and every system call of every command failing in turn.

FAULT := $(BUILD)/tests/fault
FAULT_CALLS := $(FAULT)/calls.o $(FAULT)/disk.o $(FAULT)/workers.o
FAULT_SIM := $(FAULT)/sim.o $(FAULT)/sim_events.o $(FAULT)/sim_check.o \
	$(FAULT)/sim_power.o
FAULT_WRAP := $(patsubst %,-Wl$(comma)--wrap=%,checkpoint_update store_put \
	store_put_ascending store_append store_delete store_clear store_commit \
	store_begin_read store_begin_write store_close)

$(FAULT)/%.o: ALL_CFLAGS += -Iengine

$(FAULT)/test_sim: $(FAULT)/test_sim.o $(FAULT_SIM) $(FAULT)/plant.o \
		$(FAULT_CALLS) $(BUILD)/engine.a
	$(call say,LD,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) $(FAULT_WRAP) $^ $(LIBS) -o $@

$(FAULT)/test_images: $(FAULT)/test_images.o $(FAULT)/sim_events.o \
		$(FAULT)/plant.o $(FAULT_CALLS) $(BUILD)/engine.a
	$(call say,LD,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) $(FAULT_WRAP) $^ $(LIBS) -o $@

# What is preloaded goes anywhere in memory, and sees no sanitizer.
FAULT_SO := $(patsubst %,$(FAULT)/%.pic.o,calls disk memory serve)

$(FAULT)/%.pic.o: tests/fault/%.c Makefile
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(CC) $(filter-out -fPIE $(SAN_FLAGS),$(ALL_CFLAGS)) -fPIC -c $< -o $@

$(FAULT)/interpose.so: $(FAULT_SO)
	$(call say,LD,$@)
	$(Q)$(CC) -shared $(LDFLAGS) $^ -ldl -o $@

$(FAULT)/test_commands: $(FAULT)/test_commands.o $(FAULT)/commands.o \
		$(FAULT)/workers.o $(BUILD)/engine.a
	$(call say,LD,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) $^ $(LIBS) -o $@
