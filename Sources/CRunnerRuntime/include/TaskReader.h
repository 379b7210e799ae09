// Reads what Swift's runtime knows of one task, bounded in every direction.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "GuardedMemory.h"
#include "TaskLayout.h"

enum { runner_task_frame_limit = 256, runner_task_name_limit = 256 };

/// What a suspended task waits for; the runtime's numbers.
typedef enum {
  runner_dependency_none = 0,
  runner_dependency_task = 1,
  runner_dependency_continuation = 2,
  runner_dependency_group = 3,
  runner_dependency_executor = 4,
} runner_dependency;

typedef struct runner_task_record {
  uint64_t id;
  uint32_t job_flags, status_flags;
  uint8_t base_priority;
  /// The parent of a child task, and the group of a group's child; 0 otherwise.
  uintptr_t parent, group;
  /// Whether it has a name, and the first bytes of it.
  bool has_name;
  uint32_t name_length;
  char name[runner_task_name_limit];
  uint32_t dependency_kind;
  uintptr_t dependency;
  uint32_t cancellation_handlers;
  uintptr_t preferred_executor;
  /// Where the task resumes and where its callers do, innermost first; empty while it runs and once
  /// it has ended, and when they are not wanted.
  uint32_t frame_count;
  uintptr_t frames[runner_task_frame_limit];
  /// How many children there are; the buffer may have had room for fewer.
  uint32_t child_count;
  /// A list was longer than what is looked at, or came back to itself.
  bool is_cut;
  /// The task changed while it was read, each time; what stands here may not fit together.
  bool is_torn;
} runner_task_record;

/// Reads the task at `address`, and the addresses of its children into a buffer.
///
/// Returns false when there is no task there: memory that is not there, another object, a task that
/// is gone. With `memory` guarded, any address is fine. Direct reading demands that the task be
/// alive and that its loop's thread, between two jobs, be the caller.
bool runner_task_read(
    const runner_task_layout *_Nonnull layout, runner_memory memory, uintptr_t address,
    bool wants_frames, runner_task_record *_Nonnull record, uintptr_t *_Nullable children,
    uint32_t capacity);

/// Whether the task may have children, read directly: for a task that is held and cannot run now.
bool runner_task_has_children(
    const runner_task_layout *_Nonnull layout, uintptr_t task);

/// Whether a job that is alive is a task, and not an actor's or a continuation's; once the layout of
/// Swift 6.3 is proven.
bool runner_job_is_task(uintptr_t job);

/// The task of which a task that is alive is a child, or a child's child, or the task itself; as above.
uintptr_t runner_task_root(uintptr_t task);

/// A value that a task has for a task-local variable.
typedef struct runner_task_local {
  /// The variable: the address of its TaskLocal object.
  uintptr_t key;
  uintptr_t value_type;
  uintptr_t value;
  /// Whether the binding was made by an ancestor.
  bool is_inherited;
} runner_task_local;

/// Reads a task's task-local values, the newest first; returns how many, at most `capacity`.
/// Values that a newer one of the same task hides are included.
uint32_t runner_task_read_locals(
    const runner_task_layout *_Nonnull layout, runner_memory memory, uintptr_t address,
    runner_task_local *_Nonnull locals, uint32_t capacity);
