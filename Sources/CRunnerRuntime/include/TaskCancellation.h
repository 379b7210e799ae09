// Swift's cancellation flag of a task, which no supported call takes back.
//
// May be called only where the layout is known and proven; see CancellationFlag.swift.
#pragma once

#include <stdint.h>

/// The status flags of the task at this address.
uint32_t runner_task_flags(uintptr_t task);

/// Takes the "cancelled" bit away.
void runner_task_clear_cancelled(uintptr_t task);
