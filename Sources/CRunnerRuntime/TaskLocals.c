// The library's own task-local variable says in which of its tasks code is executed, in child tasks and in
// plain tasks that the code makes.
//
// Swift's runtime binds a variable for any number of purposes: it asks whether the task is in a task group,
// allocates, copies the value by its type. Of the first binding of a task, which lasts as long as the task,
// nothing of that is needed but the binding itself. It is made here once that the layout has been seen: a
// binding that the runtime has made was found where it is expected, with what was expected in it.
#include "TaskLocals.h"

#include <stdatomic.h>
#include <stddef.h>

#include "CRunnerRuntime.h"

extern void swift_task_localValuePush(uintptr_t key, void *value, uintptr_t type)
    __attribute__((swiftcall));
extern void swift_task_localValuePop(void) __attribute__((swiftcall));
extern void *swift_retain(void *object);

enum { unknown, known, other };
static atomic_int layout = unknown;

static bool is_as_expected(uintptr_t found, uintptr_t key, uintptr_t type, const void *object) {
  const runner_binding *binding = (const runner_binding *)found;
  return binding && (found & 7) == 0 && binding->next == 0 && binding->key == key &&
         binding->type == type && binding->object == object && binding->is_set;
}

// Where a task has its newest binding, once the layout is known.
static uintptr_t *newest_of(uintptr_t task) {
  return (uintptr_t *)(task + runner_task_layout_6_3.task_locals);
}

void runner_bind(runner_binding *binding, uintptr_t task, uintptr_t key, uintptr_t type, void *object) {
  int state = atomic_load_explicit(&layout, memory_order_relaxed);
  if (state == known && *newest_of(task) == 0) {
    *binding = (runner_binding){0, key, type, object, true, true};
    *newest_of(task) = (uintptr_t)binding;
    return;
  }
  uintptr_t *head = runner_task_locals(task);
  bool is_first = head && *head == 0;
  binding->is_used = false;
  struct {
    void *object;
    bool is_set;
  } value = {swift_retain(object), true};
  swift_task_localValuePush(key, &value, type);
  if (is_first && state == unknown)
    atomic_store_explicit(
        &layout, is_as_expected(*head, key, type, object) ? known : other, memory_order_relaxed);
}

void runner_unbind(runner_binding *binding) {
  if (!binding->is_used) return swift_task_localValuePop();
  uintptr_t *head = newest_of(runner_current_task());
  if (*head == (uintptr_t)binding) *head = 0;
}

uint8_t runner_task_priority_if_alone(uintptr_t task, uintptr_t key) {
  if (atomic_load_explicit(&layout, memory_order_relaxed) != known) return 0;
  const runner_binding *newest = (const runner_binding *)*newest_of(task);
  bool is_alone = newest && newest->next == 0 && newest->key == key;
  return is_alone ? runner_task_inherited_priority(task) : 0;
}
