// Reads memory of this process that may not be there.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// How memory is read.
typedef enum {
  /// Plain loads: only for memory that is certainly there and that nobody changes.
  runner_memory_direct,
  /// The kernel copies; memory that is not there is an answer, not a crash.
  runner_memory_guarded,
  /// The same by way of a pipe, for systems that forbid process_vm_readv; chosen by itself.
  runner_memory_guarded_by_pipe,
} runner_memory;

/// Copies up to `size` bytes and returns how many there were: a run from the beginning, 0 if none.
/// Guarded reading is async-signal-safe and keeps errno.
size_t runner_memory_read_some(
    runner_memory memory, uintptr_t address, void *_Nonnull buffer, size_t size);

/// Copies exactly `size` bytes, or returns false.
bool runner_memory_read(
    runner_memory memory, uintptr_t address, void *_Nonnull buffer, size_t size);

/// Copies text up to its NUL, at most `size` bytes; returns how many, without the NUL.
size_t runner_memory_read_text(
    runner_memory memory, uintptr_t address, char *_Nonnull buffer, size_t size);
