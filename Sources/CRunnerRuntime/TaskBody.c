// How the body of a task of the library's is executed: as a Swift task whose function is written here, so
// that no closure of Swift's lies between the runtime and the body, and nothing hops before and after it.
//
// All of it is what the compiler itself calls and emits: how a task is made, how an async function is called
// and how it returns. Of the runtime's private layout only the head of the list of task-local variables is
// looked at, and only where `runner_task_layout_refusal` and the list itself say that it is there.
#include "TaskBody.h"

#include <stdatomic.h>

#include "AsyncFunction.h"
#include "CRunnerRuntime.h"
#include "TaskLocals.h"
#include "TaskMaking.h"

#define SWIFT __attribute__((swiftcall))

typedef struct created_task {
  void *task, *context;
} created_task;

extern SWIFT created_task swift_task_create(
    size_t flags, void *options, const void *result_type, const void *function, void *closure);
extern SWIFT void swift_task_immediate(void *task, executor target);
extern SWIFT void *swift_task_alloc(size_t size);
extern SWIFT void swift_task_dealloc(void *memory);
extern SWIFT executor swift_task_getCurrentExecutor(void);
extern void *swift_retain(void *object);
extern void swift_release(void *object);
// The metadata of `()`, behind its value witnesses.
extern const uintptr_t $sytN[];

// The context of the Swift task's own function.
typedef struct own_context {
  async_context base;
  void *owner, *loop;
  // What the body has thrown; before, whether its frame is memory of the task.s own.
  void *error;
  runner_binding binding;
  runner_belongings belongings;
} own_context;

typedef ASYNC void (*body_function)(
    CONTEXT async_context *, void *result, void *isolation, void *isolation_kind, SELF void *closure);

// `func keepBody<Success>(_: @escaping () async throws -> Success, in: UnsafeMutablePointer<runner_body>)`
SWIFT void runner_keep_body(
    const void *function, void *closure, runner_body *body, const void *success) {
  (void)success;
  body->function = function;
  body->closure = swift_retain(closure);
}

void runner_forget_body(runner_body *body) {
  void *closure = body->closure;
  body->function = NULL;
  body->closure = NULL;
  swift_release(closure);
}

static _Atomic(runner_begin_function) begin_body;
static _Atomic(runner_end_function) end_body;
static atomic_uintptr_t own_key, own_type;

void runner_set_body_functions(
    runner_begin_function begin, runner_end_function end, uintptr_t key, uintptr_t type) {
  atomic_store_explicit(&own_key, key, memory_order_relaxed);
  atomic_store_explicit(&own_type, type, memory_order_relaxed);
  atomic_store_explicit(&begin_body, begin, memory_order_relaxed);
  atomic_store_explicit(&end_body, end, memory_order_release);
}

// MARK: Inside the Swift task

UNSANITIZED static ASYNC void runner_task_end(CONTEXT async_context *context, SELF void *unused) {
  (void)unused;
  own_context *own = (own_context *)context;
  atomic_load_explicit(&end_body, memory_order_relaxed)(own->owner, own->error);
  runner_unbind(&own->binding);
  return own->base.resume(context, NULL);
}

// Where the body returns to.
UNSANITIZED static ASYNC void runner_task_returned(
    CONTEXT async_context *callee, SELF void *error) {
  own_context *own = (own_context *)callee->parent;
  if (own->error == NULL) swift_task_dealloc(callee);
  own->error = error;
  // A body may end where its last await was: on an actor, or another thread.
  if (runner_current_loop() != own->loop || swift_task_getCurrentExecutor().identity != 0)
    return swift_task_switch(&own->base, runner_task_end, (executor){0, 0});
  return runner_task_end(&own->base, NULL);
}

UNSANITIZED ASYNC void runner_task_main(CONTEXT async_context *context, void *result, SELF void *owner);

UNSANITIZED ASYNC void runner_task_main(
    CONTEXT async_context *context, void *result, SELF void *owner) {
  (void)result;
  own_context *own = (own_context *)context;
  runner_start start;
  start.task = runner_current_task();
  uintptr_t key = atomic_load_explicit(&own_key, memory_order_relaxed);
  uintptr_t type = atomic_load_explicit(&own_type, memory_order_relaxed);
  runner_bind(&own->binding, start.task, key, type, owner);
  atomic_load_explicit(&begin_body, memory_order_relaxed)(owner, &start);
  own->owner = owner;
  own->loop = start.loop;
  const async_function *function = start.function;
  if (function == NULL) {
    own->error = NULL;
    return runner_task_end(context, NULL);
  }
  async_context *callee = runner_task_take(&own->belongings, function->context_size);
  // Until the end, whether the body has memory of the task's own.
  own->error = callee;
  if (callee == NULL) callee = swift_task_alloc(function->context_size);
  callee->parent = context;
  callee->resume = runner_task_returned;
  body_function body = (body_function)((uintptr_t)function + (intptr_t)function->offset);
  return body(callee, start.result, NULL, NULL, start.closure);
}

extern const async_function runner_task_mainTu __attribute__((visibility("hidden")));

_Static_assert(sizeof(own_context) == 608, "the size below");
ASYNC_FUNCTION(runner_task_main, 608, ".hidden runner_task_mainTu\n");

// MARK: Making it

enum { copy_task_locals = 1 << 10, inherit_context = 1 << 11 };

// An option of the task that is being made: the executor that it prefers, which outlives it.
typedef struct executor_option {
  size_t kind;
  void *next;
  executor executor;
} executor_option;

enum { unowned_executor_option = 5 };

void *runner_task_create(
    void *owner, uintptr_t executor_identity, uintptr_t executor_kind, uint8_t priority) {
  size_t flags = priority != 0 ? priority : copy_task_locals | inherit_context;
  executor preferred = {executor_identity, executor_kind};
  if (runner_task_can_own()) {
    created_task made =
        swift_task_create(flags, NULL, &$sytN[1], &runner_task_mainTu, swift_retain(owner));
    runner_task_own((uintptr_t)made.task, &((own_context *)made.context)->belongings, preferred);
    return made.task;
  }
  executor_option option = {unowned_executor_option, NULL, preferred};
  created_task made =
      swift_task_create(flags, &option, &$sytN[1], &runner_task_mainTu, swift_retain(owner));
  ((own_context *)made.context)->belongings.slab.size = 0;
  runner_task_look_at_new((uintptr_t)made.task, preferred);
  return made.task;
}

void runner_task_run_at_once(void *task) {
  swift_task_immediate(task, (executor){0, 0});
  swift_release(task);
}
