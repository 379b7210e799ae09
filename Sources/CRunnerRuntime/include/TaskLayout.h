// Where Swift's runtime keeps what it knows of a task.
//
// This table is the only place in the package that knows offsets of the runtime's private layout.
// Two things stand before its use: the version symbols of the runtime (runner_task_layout_refusal),
// and a proof with live tasks (Introspection/Runtime/LayoutProof.swift).
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Offsets in bytes from a task's address, but for the last group.
typedef struct runner_task_layout {
  uint32_t job_flags, id_low, resume_function, resume_context, status_flags, status_records;
  uint32_t task_locals, id_high, base_priority, dependency;
  /// The task's size; what only child tasks have follows it.
  uint32_t size, child_parent, child_next, child_group;
  /// From a status record's address.
  uint32_t record_next, record_payload, record_executor;
  /// From a dependency record's address.
  uint32_t dependency_object, dependency_kind;
} runner_task_layout;

/// Two more, by which nothing is read: where a task has the state of the checks for overlapping access, and the
/// memory for the functions that it calls. They are proven where they are used, by a first task that is looked at.
enum { runner_task_accesses = 80, runner_task_memory = 112 };

/// The bits of the status flags.
enum {
  runner_task_priority_mask = 0xff,
  runner_task_cancelled = 0x100,
  runner_task_running = 0x800,
  runner_task_enqueued = 0x1000,
  runner_task_complete = 0x2000,
  runner_task_has_dependency = 0x4000,
  runner_task_has_preference = 0x8000,
};

/// The bits of the job flags; the lowest byte is 0 for a task.
enum {
  runner_job_kind_mask = 0xff,
  runner_job_child = 1 << 24,
  runner_job_future = 1 << 25,
  runner_job_group_child = 1 << 26,
  runner_job_async_let = 1 << 28,
};

/// The layout of Swift 6.3 on x86-64 Linux.
extern const runner_task_layout runner_task_layout_6_3;

/// Why a layout cannot hold for the runtime that is loaded, as an English clause, or NULL when the
/// runtime's version symbols agree with it.
const char *_Nullable runner_task_layout_refusal(const runner_task_layout *_Nonnull layout);

/// The runtime's own count of a task's id, or 0 when the runtime does not export it.
uint64_t runner_task_official_id(uintptr_t task);

/// The metadata pointer that every task begins with, or 0.
uintptr_t runner_task_metadata(void);

/// The function that a task really resumes in, where it waits through one of the runtime's
/// adapters: 0 none, 1 in the word before its resume context's address by 24, 2 in the context's
/// second word.
int runner_resume_adapter(uintptr_t resume_function);

/// Where the current task has the newest of its task-local variables, or NULL when that is not known.
uintptr_t *_Nullable runner_task_locals(uintptr_t task);

/// The priority that tasks which the current one makes inherit.
uint8_t runner_task_inherited_priority(uintptr_t task);
