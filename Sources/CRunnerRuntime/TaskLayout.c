#include "TaskLayout.h"

#include <stdatomic.h>

// Weak, so that a program links and gets an answer whatever runtime it is linked with.
extern const void *const _swift_concurrency_debug_asyncTaskMetadata __attribute__((weak));
extern const void *const _swift_concurrency_debug_non_future_adapter __attribute__((weak));
extern const void *const _swift_concurrency_debug_future_adapter __attribute__((weak));
extern const void *const _swift_concurrency_debug_task_wait_throwing_resume_adapter
    __attribute__((weak));
extern const void *const _swift_concurrency_debug_task_future_wait_resume_adapter
    __attribute__((weak));
extern const size_t _swift_concurrency_debug_asyncTaskSize __attribute__((weak));
extern const uint32_t _swift_concurrency_debug_internal_layout_version __attribute__((weak));
extern const bool _swift_concurrency_debug_supportsPriorityEscalation __attribute__((weak));
extern uint64_t swift_task_getJobTaskId(const void *job) __attribute__((weak));

const runner_task_layout runner_task_layout_6_3 = {
    .job_flags = 32,
    .id_low = 36,
    .resume_function = 56,
    .resume_context = 64,
    .status_flags = 96,
    .status_records = 104,
    .task_locals = 136,
    .id_high = 144,
    .base_priority = 152,
    .dependency = 160,
    .size = 208,
    .child_parent = 208,
    .child_next = 216,
    .child_group = 224,
    .record_next = 8,
    .record_payload = 16,
    .record_executor = 24,
    .dependency_object = 16,
    .dependency_kind = 32,
};

const char *runner_task_layout_refusal(const runner_task_layout *layout) {
#if defined(__x86_64__) && defined(__linux__)
  if (!&_swift_concurrency_debug_internal_layout_version ||
      !&_swift_concurrency_debug_asyncTaskSize || !&_swift_concurrency_debug_asyncTaskMetadata ||
      !&_swift_concurrency_debug_supportsPriorityEscalation || !swift_task_getJobTaskId)
    return "Swift's runtime does not say which layout its tasks have";
  if (_swift_concurrency_debug_internal_layout_version != 1 ||
      _swift_concurrency_debug_asyncTaskSize != layout->size ||
      _swift_concurrency_debug_supportsPriorityEscalation)
    return "the tasks of this Swift runtime have another layout than those of 6.3";
  return NULL;
#else
  (void)layout;
  return "the layout of tasks is known for Linux on x86-64 only";
#endif
}

uint64_t runner_task_official_id(uintptr_t task) {
  return swift_task_getJobTaskId ? swift_task_getJobTaskId((const void *)task) : 0;
}

uintptr_t runner_task_metadata(void) {
  return &_swift_concurrency_debug_asyncTaskMetadata
             ? (uintptr_t)_swift_concurrency_debug_asyncTaskMetadata
             : 0;
}

static bool is_adapter(const void *const *adapter, uintptr_t function) {
  return adapter && function != 0 && (uintptr_t)*adapter == function;
}

int runner_resume_adapter(uintptr_t function) {
  if (is_adapter(&_swift_concurrency_debug_non_future_adapter, function) ||
      is_adapter(&_swift_concurrency_debug_future_adapter, function))
    return 1;
  if (is_adapter(&_swift_concurrency_debug_task_wait_throwing_resume_adapter, function) ||
      is_adapter(&_swift_concurrency_debug_task_future_wait_resume_adapter, function))
    return 2;
  return 0;
}

uintptr_t *runner_task_locals(uintptr_t task) {
  static atomic_int known;
  int state = atomic_load_explicit(&known, memory_order_relaxed);
  if (state == 0) {
    state = runner_task_layout_refusal(&runner_task_layout_6_3) ? -1 : 1;
    atomic_store_explicit(&known, state, memory_order_relaxed);
  }
  if (state < 0 || task == 0) return NULL;
  return (uintptr_t *)(task + runner_task_layout_6_3.task_locals);
}

uint8_t runner_task_inherited_priority(uintptr_t task) {
  enum { user_interactive = 0x21, user_initiated = 0x19 };
  uintptr_t priority = *(const uintptr_t *)(task + runner_task_layout_6_3.base_priority);
  return priority == user_interactive ? user_initiated : (uint8_t)priority;
}
