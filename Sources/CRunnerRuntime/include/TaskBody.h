// The Swift task that runs the body of a task of the library's; see TaskBody.c.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// An async closure that nothing isolates and that returns its value into memory: the two words that it is.
typedef struct runner_body {
  const void *_Nullable function;
  void *_Nullable closure;
} runner_body;

/// Releases a body that `runner_keep_body` has kept.
void runner_forget_body(runner_body *_Nonnull body);

/// What a task runs, when it has come to its first step.
typedef struct runner_start {
  /// The body; without a function none is run.
  const void *_Nullable function;
  void *_Nullable closure;
  /// Where its value shall be.
  void *_Nullable result;
  /// The loop.
  void *_Nonnull loop;
  /// Given: the address of the Swift task.
  uintptr_t task;
} runner_start;

/// Begins the first step of a task, and says what it runs.
typedef void (*runner_begin_function)(void *_Nonnull owner, runner_start *_Nonnull start);

/// Ends the task, whose body has returned or thrown the error, which is the function's to release.
typedef void (*runner_end_function)(void *_Nonnull owner, void *_Nullable error);

/// Says what is called at the beginning and at the end of every task, and which task-local variable, of an
/// object and a Bool, has the task; the same in all calls.
void runner_set_body_functions(
    runner_begin_function _Nonnull begin, runner_end_function _Nonnull end, uintptr_t key, uintptr_t type);

/// Makes the Swift task of a task of the library's, which it keeps alive, and returns its address.
///
/// Whoever has it must run it, on the executor, which outlives it. With a priority it does not inherit any
/// task-local variables.
void *_Nonnull runner_task_create(
    void *_Nonnull owner, uintptr_t executor_identity, uintptr_t executor_kind, uint8_t priority);

/// The priority that tasks inherit from the current one, whose address is given, if the variable with the key
/// is its only task-local one; or 0.
uint8_t runner_task_priority_if_alone(uintptr_t task, uintptr_t key);

/// Lets Swift's runtime make all tasks and suspend them, or ends that; for tests. Returns whether that changed
/// something, which it does once both have been proven.
bool runner_allow_shortcuts(bool allowed);

/// Runs a new Swift task until it first waits, inside of the calling one.
void runner_task_run_at_once(void *_Nonnull task);
