// What the Swift tasks of the library's have in their own memory, so that nothing is allocated for them.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "AsyncFunction.h"

/// The record of the executor that a task prefers, as Swift's runtime has it.
typedef struct runner_preference {
  uintptr_t kind, next, is_retained;
  executor executor;
} runner_preference;

/// Memory that a task gives to the async functions it calls, as the runtime has it: the head of it.
typedef struct runner_slab {
  uintptr_t type;
  struct runner_slab *next;
  uint32_t size, used;
  uintptr_t unused;
} runner_slab;

enum { runner_room = 448 };

/// Both, in the context of a task's own function.
typedef struct runner_belongings {
  runner_preference preference;
  // What is taken from it shall be as aligned as what `malloc` returns.
  _Alignas(16) runner_slab slab;
  uint8_t room[runner_room];
} runner_belongings;

/// Forbids what is made here, or allows it again; returns whether that changed something.
bool runner_allow_making(bool allowed);

/// Whether new tasks can be given what `runner_belongings` has; else the runtime makes it for each.
bool runner_task_can_own(void);

/// Looks at a task that the runtime has just made, with a preference of the executor.
void runner_task_look_at_new(uintptr_t task, executor preferred);

/// Lets a new task, which nobody knows yet, prefer an executor and have its memory where it is given.
void runner_task_own(uintptr_t task, runner_belongings *belongings, executor preferred);

/// Takes memory from the end of what a task has, as long as the task lives, or returns NULL.
void *runner_task_take(runner_belongings *belongings, size_t size);
