#include "TaskCancellation.h"

// AsyncTask of Swift 6.3: a 16-byte ActiveTaskStatus at offset 96 whose first word holds the flags.
#if defined(__x86_64__) && defined(__linux__)
static const uintptr_t flags_offset = 96;
static const uint32_t cancelled_bit = 0x100;

bool runner_task_flags_are_known(void) { return true; }

uint32_t runner_task_flags(uintptr_t task) {
  return __atomic_load_n((uint32_t *)(task + flags_offset), __ATOMIC_ACQUIRE);
}

uint32_t runner_task_cancelled_bit(void) { return cancelled_bit; }

void runner_task_clear_cancelled(uintptr_t task) {
  __atomic_fetch_and((uint32_t *)(task + flags_offset), ~cancelled_bit, __ATOMIC_ACQ_REL);
}
#else
bool runner_task_flags_are_known(void) { return false; }
uint32_t runner_task_flags(uintptr_t task) { return (void)task, 0; }
uint32_t runner_task_cancelled_bit(void) { return 0; }
void runner_task_clear_cancelled(uintptr_t task) { (void)task; }
#endif
