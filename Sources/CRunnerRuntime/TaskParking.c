// How a task of the library's is suspended without a continuation: where it goes on is written into the task,
// and the loop, which knows it, runs it again when the wait has ended.
//
// The function is async for Swift: `nonisolated(nonsending) func runner_park(_: UnownedSerialExecutor) async`.
//
// What Swift's runtime has for this is the hop to an executor, `swift_task_switch`, which does much that is of
// no use here: it looks the task's executor up under a lock, and notes in the task to which one it goes, in a
// record that the next step takes away. It is what the first wait of the process does, and that one is looked
// at: once everything was found in the task where it is expected, the others do without. Where it was not, or
// the runtime says that its layout is another one, all waits are hops.
#define _GNU_SOURCE
#include <link.h>
#include <stdatomic.h>
#include <stddef.h>

#include "AsyncFunction.h"
#include "CRunnerRuntime.h"
#include "TaskMaking.h"

extern void *swift_task_getCurrent(void) __attribute__((swiftcall));

// MARK: The current task

uintptr_t runner_ask_for_task(void) { return (uintptr_t)swift_task_getCurrent(); }

// A variable of each thread's: a module and an offset, as the linker passes it.
typedef struct thread_variable {
  size_t module, offset;
} thread_variable;

extern void *__tls_get_addr(thread_variable *);

typedef struct search {
  uintptr_t code, task;
  thread_variable found;
} search;

static bool is_current(uintptr_t task) { return (uintptr_t)swift_task_getCurrent() == task; }

// Looks among the thread's variables of the runtime for the one that says which task is the current one.
static int search_object(struct dl_phdr_info *info, size_t size, void *argument) {
  (void)size;
  search *wanted = argument;
  bool has_code = false;
  size_t count = 0;
  for (int index = 0; index < info->dlpi_phnum; index++) {
    const ElfW(Phdr) *segment = &info->dlpi_phdr[index];
    if (segment->p_type == PT_TLS) count = segment->p_memsz / sizeof(uintptr_t);
    if (segment->p_type == PT_LOAD &&
        wanted->code - info->dlpi_addr - segment->p_vaddr < segment->p_memsz)
      has_code = true;
  }
  if (!has_code) return 0;
  uintptr_t *words = info->dlpi_tls_data;
  for (size_t index = 0; words && index < count; index++) {
    if (words[index] != wanted->task) continue;
    words[index] = 0;
    bool follows = is_current(0);
    words[index] = wanted->task;
    if (!follows || !is_current(wanted->task)) continue;
    wanted->found = (thread_variable){info->dlpi_tls_modid, index * sizeof(uintptr_t)};
    break;
  }
  return 1;
}

static thread_variable find_current(uintptr_t task) {
  search wanted = {(uintptr_t)swift_task_getCurrent, task, {0, 0}};
  if (is_current(task)) dl_iterate_phdr(search_object, &wanted);
  return wanted.found;
}

// MARK: Waiting

// The runtime's checks for overlapping access, whose state goes with the task.
extern void swift_task_exitThreadLocalContext(void *state);
extern void swift_beginAccess(void *object, void *access, uintptr_t flags, void *place);
extern void swift_endAccess(void *access);

enum { unknown, looked_at, known, other, forbidden };
static atomic_int way = unknown;
static thread_variable current_of_any;

#define FIELD(task, name, type) ((type *)((task) + runner_task_layout_6_3.name))

// Suspends the current task, as a hop does, but for saying where it goes.
UNSANITIZED static bool suspend(async_context *context) {
  uintptr_t *place = (uintptr_t *)runner_thread.task;
  if (place == NULL) {
    place = __tls_get_addr(&current_of_any);
    if (!is_current(*place)) return false;
    runner_thread.task = place;
  }
  uintptr_t task = *place;
  *FIELD(task, resume_function, resumption) = context->resume;
  *FIELD(task, resume_context, async_context *) = context;
  __atomic_fetch_and(FIELD(task, status_flags, uint32_t), ~(uint32_t)runner_task_running, __ATOMIC_RELEASE);
  swift_task_exitThreadLocalContext((void *)(task + runner_task_accesses));
  *place = 0;
  return true;
}

// The hop that is looked at, during an access that is made for it.
static struct {
  async_context *context;
  uintptr_t access[4];
  char accessed;
} hop;

UNSANITIZED static ASYNC void runner_parked_once(CONTEXT async_context *context, SELF void *error) {
  swift_endAccess(hop.access);
  return context->resume(context, error);
}

void runner_look_at_parked(uintptr_t task) {
  if (atomic_load_explicit(&way, memory_order_acquire) != looked_at) return;
  if (*FIELD(task, resume_function, resumption) != runner_parked_once) return;
  // The newest access and the oldest: the task may have begun others before.
  const uintptr_t *accesses = (const uintptr_t *)(task + runner_task_accesses);
  bool is_only_access = (hop.access[2] & ~(uintptr_t)1) == 0;
  bool is_as_expected = *FIELD(task, resume_context, async_context *) == hop.context &&
                        accesses[0] == (uintptr_t)hop.access &&
                        (is_only_access ? accesses[1] == accesses[0] : accesses[1] != 0) &&
                        (*FIELD(task, status_flags, uint32_t) & runner_task_running) == 0;
  atomic_store_explicit(&way, is_as_expected ? known : other, memory_order_release);
}

// Begins what `runner_look_at_parked` looks at, or not, if the runtime is another one.
static bool begin_looking(async_context *context) {
  int state = unknown;
  if (!atomic_compare_exchange_strong(&way, &state, looked_at)) return false;
  uintptr_t task = (uintptr_t)swift_task_getCurrent();
  current_of_any = (thread_variable){0, 0};
  if (!runner_task_layout_refusal(&runner_task_layout_6_3)) current_of_any = find_current(task);
  if (current_of_any.module == 0 ||
      (*FIELD(task, status_flags, uint32_t) & runner_task_running) == 0) {
    atomic_store_explicit(&way, other, memory_order_release);
    return false;
  }
  enum { modify = 1, tracked = 0x20 };
  hop.context = context;
  swift_beginAccess(&hop.accessed, hop.access, modify | tracked, NULL);
  return true;
}

// The caller goes on as if the function had returned; what isolates it is nothing.
UNSANITIZED ASYNC void runner_park(
    CONTEXT async_context *context, void *isolation, void *isolation_kind, executor target);

ASYNC void runner_park(
    CONTEXT async_context *context, void *isolation, void *isolation_kind, executor target) {
  (void)isolation;
  (void)isolation_kind;
  int state = atomic_load_explicit(&way, memory_order_acquire);
  if (state == known && suspend(context)) return;
  if (state == unknown && begin_looking(context))
    return swift_task_switch(context, runner_parked_once, target);
  return swift_task_switch(context, context->resume, target);
}

ASYNC_FUNCTION(runner_park, 32, "");

bool runner_allow_shortcuts(bool allowed) {
  int state = allowed ? forbidden : known;
  bool parks = atomic_compare_exchange_strong(&way, &state, allowed ? known : forbidden);
  return runner_allow_making(allowed) && parks;
}
