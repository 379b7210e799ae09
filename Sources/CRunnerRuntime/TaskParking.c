// How a task of the library's is suspended without a continuation: it is sent to an executor, which keeps
// its job until the wait has ended. The loop then runs that job.
//
// The function is async for Swift: `nonisolated(nonsending) func runner_park(_: UnownedSerialExecutor) async`.
// All of it is what the compiler itself calls and emits; no layout of the runtime's is relied on.
#include "AsyncFunction.h"
#include "CRunnerRuntime.h"

// The caller goes on as if the function had returned; what isolates it is nothing.
UNSANITIZED ASYNC void runner_park(
    CONTEXT async_context *context, void *isolation, void *isolation_kind, executor target);

ASYNC void runner_park(
    CONTEXT async_context *context, void *isolation, void *isolation_kind, executor target) {
  (void)isolation;
  (void)isolation_kind;
  return swift_task_switch(context, context->resume, target);
}

ASYNC_FUNCTION(runner_park, 32, "");

// MARK: The current task

extern void *swift_task_getCurrent(void) __attribute__((swiftcall));

uintptr_t runner_current_task(void) { return (uintptr_t)swift_task_getCurrent(); }
