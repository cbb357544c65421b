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
