#include "TaskCancellation.h"

#include "TaskLayout.h"

static uint32_t *flags_of(uintptr_t task) {
  return (uint32_t *)(task + runner_task_layout_6_3.status_flags);
}

uint32_t runner_task_flags(uintptr_t task) {
  return __atomic_load_n(flags_of(task), __ATOMIC_ACQUIRE);
}

void runner_task_clear_cancelled(uintptr_t task) {
  __atomic_fetch_and(flags_of(task), ~(uint32_t)runner_task_cancelled, __ATOMIC_ACQ_REL);
}
