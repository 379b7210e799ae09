// How a task of the library's is suspended without a continuation: it is sent to an executor, which keeps
// its job until the wait has ended. The loop then runs that job.
//
// The function is async for Swift: `nonisolated(nonsending) func runner_park(_: UnownedSerialExecutor) async`.
// All of it is what the compiler itself calls and emits; no layout of the runtime's is relied on.
#include "CRunnerRuntime.h"

typedef struct async_context async_context;

#define ASYNC __attribute__((swiftasynccall))
#define CONTEXT __attribute__((swift_async_context))

typedef ASYNC void (*resumption)(CONTEXT async_context *);

struct async_context {
  async_context *parent;
  resumption resume;
};

extern ASYNC void swift_task_switch(CONTEXT async_context *, resumption, void *, void *);

// The caller goes on as if the function had returned; what isolates it is nothing.
__attribute__((disable_sanitizer_instrumentation)) ASYNC void runner_park(
    CONTEXT async_context *context, void *isolation, void *isolation_kind, void *executor,
    void *executor_kind);

ASYNC void runner_park(
    CONTEXT async_context *context, void *isolation, void *isolation_kind, void *executor,
    void *executor_kind) {
  (void)isolation;
  (void)isolation_kind;
  return swift_task_switch(context, context->resume, executor, executor_kind);
}

// What a caller needs to know of an async function: where it is, and the size of its context.
__asm__(
    ".globl runner_parkTu\n"
    ".section .rodata.runner_parkTu,\"a\",@progbits\n"
    ".p2align 3\n"
    ".type runner_parkTu,@object\n"
    "runner_parkTu:\n"
    ".long runner_park-runner_parkTu\n"
    ".long 32\n"
    ".size runner_parkTu,8\n"
    ".text\n");

// MARK: The current task

extern void *swift_task_getCurrent(void) __attribute__((swiftcall));

uintptr_t runner_current_task(void) { return (uintptr_t)swift_task_getCurrent(); }
