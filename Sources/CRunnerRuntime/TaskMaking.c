// A new Swift task has no memory for the functions that it calls, and a preference of an executor is a record in
// such memory: the runtime allocates a kilobyte, and adds the record under a lock, which it takes away again at
// the end. Both fit into the context that the task has anyway, where they are written before anybody else knows
// the task, and where they stay.
//
// The first task is made by the runtime. Once it was found in that one how it does it, the others are made here;
// where it was not, or the runtime says that its layout is another one, all are made as the first.
#include "TaskMaking.h"

#include <stdatomic.h>

#include "CRunnerRuntime.h"

enum { unknown, known, other, forbidden };
static atomic_int way = unknown;
static uintptr_t slab_type;

enum { preference_kind = 5, slab_is_given = 1, one_slab = 2 };

#define FIELD(task, name, type) ((type *)((task) + runner_task_layout_6_3.name))

// What a task knows of the memory for the functions that it calls.
typedef struct task_memory {
  uintptr_t newest;
  runner_slab *first;
  uint32_t counts;
} task_memory;

// What precedes each piece of it.
typedef struct piece {
  uintptr_t previous;
  runner_slab *slab;
} piece;

bool runner_allow_making(bool allowed) {
  int state = allowed ? forbidden : known;
  return atomic_compare_exchange_strong(&way, &state, allowed ? known : forbidden);
}

bool runner_task_can_own(void) { return atomic_load_explicit(&way, memory_order_acquire) == known; }

static bool is_as_expected(uintptr_t task, executor preferred) {
  const runner_preference *record = (const runner_preference *)*FIELD(task, status_records, uintptr_t);
  const task_memory *memory = (const task_memory *)(task + runner_task_memory);
  if (!record || ((uintptr_t)record & 7) != 0 || !memory->first || memory->counts != one_slab) return false;
  const runner_slab *slab = memory->first;
  const piece *newest = (const piece *)(slab + 1);
  size_t used = sizeof(piece) + ((sizeof *record + 15) & ~(size_t)15);
  return memory->newest == (uintptr_t)newest && (uintptr_t)record == (uintptr_t)(newest + 1) &&
         newest->previous == 0 && newest->slab == slab && slab->next == NULL && slab->used == used &&
         slab->size > used && record->kind == preference_kind && record->next == 0 &&
         (record->is_retained & 1) == 0 && record->executor.identity == preferred.identity &&
         record->executor.kind == preferred.kind &&
         (*FIELD(task, status_flags, uint32_t) & runner_task_has_preference) != 0;
}

void runner_task_look_at_new(uintptr_t task, executor preferred) {
  if (atomic_load_explicit(&way, memory_order_relaxed) != unknown) return;
  int state = other;
  if (!runner_task_layout_refusal(&runner_task_layout_6_3)) {
    // Variables that it inherits are in the same memory: the next task will tell.
    if (*FIELD(task, task_locals, uintptr_t) != 0) return;
    if (is_as_expected(task, preferred)) {
      atomic_store_explicit(
          (_Atomic uintptr_t *)&slab_type, ((task_memory *)(task + runner_task_memory))->first->type,
          memory_order_relaxed);
      state = known;
    }
  }
  atomic_store_explicit(&way, state, memory_order_release);
}

void runner_task_own(uintptr_t task, runner_belongings *belongings, executor preferred) {
  belongings->preference = (runner_preference){preference_kind, 0, 0, preferred};
  *FIELD(task, status_records, uintptr_t) = (uintptr_t)&belongings->preference;
  *FIELD(task, status_flags, uint32_t) |= runner_task_has_preference;
  task_memory *memory = (task_memory *)(task + runner_task_memory);
  belongings->slab.size = 0;
  if (memory->first != NULL) return;
  belongings->slab = (runner_slab){slab_type, NULL, runner_room, 0, 0};
  *memory = (task_memory){0, &belongings->slab, one_slab | slab_is_given};
}

void *runner_task_take(runner_belongings *belongings, size_t size) {
  enum { left_at_least = 64 };
  runner_slab *slab = &belongings->slab;
  size_t taken = (size + 15) & ~(size_t)15;
  if (slab->used + taken + left_at_least > slab->size) return NULL;
  slab->size -= taken;
  return belongings->room + slab->size;
}
