// Swift's cancellation flag of a task, which no supported call takes back.
//
// Knows one fact of the runtime's private layout: where the flag is. Nothing here may be called before
// a self test has shown that the fact holds for the runtime that is loaded; see CancellationFlag.swift.
#pragma once

#include <stdbool.h>
#include <stdint.h>

/// Whether the layout is known for this processor and compiler at all.
bool runner_task_flags_are_known(void);

/// The status flags of the task at this address, or 0 when the layout is not known.
uint32_t runner_task_flags(uintptr_t task);

/// The bit that says "cancelled" in the status flags.
uint32_t runner_task_cancelled_bit(void);

/// Takes the "cancelled" bit away; does nothing when the layout is not known.
void runner_task_clear_cancelled(uintptr_t task);
