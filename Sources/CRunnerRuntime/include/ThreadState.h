// What the kernel says of a thread of this process.
#pragma once

#include <stdbool.h>
#include <stdint.h>

/// The system call in which a thread sleeps, and where the thread is.
typedef struct runner_thread_call {
  /// -1 when the thread runs or the kernel does not say.
  long number;
  /// Its arguments, the stack pointer, the place in the program.
  unsigned long words[8];
} runner_thread_call;

/// Reads in which system call a thread sleeps.
runner_thread_call runner_thread_read_call(int32_t thread);

/// Whether a thread that is in this system call can be signalled without the call's failing: the kernel starts
/// it again after the handler.
bool runner_call_is_restarted(const runner_thread_call *_Nonnull call);

/// Whether a thread waits in `read` of a descriptor.
bool runner_thread_is_reading(int32_t thread, int32_t descriptor);

bool runner_thread_exists(int32_t thread);

/// Whether the thread sleeps, as far as the kernel says.
bool runner_thread_is_asleep(int32_t thread);

/// A bit for each signal that the thread blocks; the first one's is the lowest.
uint64_t runner_thread_blocked_signals(int32_t thread);

/// The name of a system call in which threads wait, or NULL.
const char *_Nullable runner_system_call_name(int32_t number);
