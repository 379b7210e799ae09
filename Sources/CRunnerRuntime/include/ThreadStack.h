// The stack of another thread of this process, taken while it runs.
#pragma once

#include <stdbool.h>
#include <stdint.h>

typedef enum {
  runner_stack_taken,
  /// There is no such thread.
  runner_stack_no_thread,
  /// The thread is in a system call that a signal would end early, `system_call`, and its stack could
  /// not be read beside it.
  runner_stack_in_system_call,
  /// The thread did not take the signal in time: it blocks it, or does not get to run.
  runner_stack_no_answer,
  /// Another sample is being taken, or all signals are in use.
  runner_stack_busy,
  /// Not on this processor.
  runner_stack_unsupported,
} runner_stack_outcome;

enum {
  runner_stack_limit = 128,
  runner_chain_limit = 6,
  runner_chain_length = 96,
  /// Stands for a frame: the context was found in a register.
  runner_chain_of_register = 1 << 16,
};

/// What looks like the async contexts of one frame's function: where its callers will resume.
///
/// That a frame belongs to an async function is for its name to say; what lies in the place of a
/// context may be something else in other functions.
typedef struct runner_async_chain {
  /// The innermost context, and the index in the stack of the outermost frame that names it: callees
  /// may have saved a register that holds it.
  uintptr_t context;
  uint32_t frame;
  uint32_t count;
  uintptr_t addresses[runner_chain_length];
  /// Whether the last context says that there is no other.
  bool is_complete;
} runner_async_chain;

typedef struct runner_thread_stack {
  /// The system call the thread was in, or -1.
  int32_t system_call;
  /// Where the thread is, then the return addresses of its callers, innermost first.
  uint32_t count;
  uintptr_t addresses[runner_stack_limit];
  uint32_t chain_count;
  runner_async_chain chains[runner_chain_limit];
} runner_thread_stack;

/// Samples a thread's stack by sending it a signal, and waits at most `nanoseconds` for it.
///
/// A real-time signal or SIGPROF is used whose action is the default one; its action is put back.
/// Any thread may call this; one sample is taken at a time, others wait within their limit. A
/// thread that waits in a system call which would fail with EINTR is not signalled: its stack is read
/// while it sleeps. A thread that enters such a call just then sees EINTR.
runner_stack_outcome runner_thread_sample(
    int32_t thread, int64_t nanoseconds, runner_thread_stack *_Nonnull stack);
