// The binding of the library's own task-local variable, which every task of it begins with.
#pragma once

#include <stdbool.h>
#include <stdint.h>

/// A binding as Swift's runtime keeps it, if its layout is the known one; the value is an object and a Bool.
typedef struct runner_binding {
  uintptr_t next, key, type;
  void *object;
  bool is_set;
  /// Behind the value: whether this is where the task has it.
  bool is_used;
} runner_binding;

/// Binds the variable in the current task, to an object that outlives the binding.
///
/// Where the task has no other one, and it is known where a task has them, this is done in the memory that is
/// given, which is the task's own.
void runner_bind(runner_binding *binding, uintptr_t task, uintptr_t key, uintptr_t type, void *object);

/// Ends the binding that `runner_bind` has made in the current task, whatever it has done with the memory.
void runner_unbind(runner_binding *binding);
