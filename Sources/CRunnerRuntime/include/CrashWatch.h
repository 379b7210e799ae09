// Faults of the program's own code: held for a moment, so that another thread can say where they are.
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "ThreadStack.h"

/// A thread that has run into a fatal signal, and is held.
typedef struct runner_crash {
  /// 0 when the thread has called `exit`.
  int32_t signal;
  /// What it has called `exit` with.
  int32_t exit_status;
  /// The thread's number for the kernel.
  int32_t thread;
  /// The memory address that could not be accessed; 0 for other faults.
  uintptr_t address;
  /// Whether the thread's stack has no room left.
  bool is_stack_overflow;
} runner_crash;

/// Holds each thread that runs into SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE or SIGABRT, and writes a
/// byte to `descriptor` about the first one; after `runner_crash_finish`, or three seconds, the process
/// dies of the signal as it would have.
///
/// Returns whether the handlers could be installed. To be called once.
bool runner_crash_watch(int32_t descriptor);

/// Gives the calling thread a stack for its signals, so that a stack overflow can be told of; it is
/// freed with the thread.
void runner_crash_cover_thread(void);

/// Tells of a call of `exit` as of a crash, and returns when that was reported: where it returns to, and the
/// caller's frame pointer. Does nothing where nobody watches.
void runner_crash_note_exit(int32_t status, uintptr_t address, uintptr_t frame);

/// Reads what happened, and the stack of the thread that is held; false when nothing has happened.
bool runner_crash_read(runner_crash *_Nonnull crash, runner_thread_stack *_Nonnull stack);

/// Lets the process die.
void runner_crash_finish(void);
