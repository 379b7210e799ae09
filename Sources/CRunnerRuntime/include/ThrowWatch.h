// Where errors are thrown, noted as they are: nobody can tell later.
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum { runner_throw_length = 48 };

/// A thrown error's callers.
typedef struct runner_throw {
  uint32_t count;
  /// How many of the addresses were found on the thread's stack; the others are where async callers resume.
  uint32_t native_count;
  /// Innermost first.
  uintptr_t addresses[runner_throw_length];
} runner_throw;

/// Notes the stack of each error that is thrown from now on, and keeps the last 64 errors alive.
///
/// Returns whether this runtime tells of errors. To be called once.
bool runner_throw_watch(void);

/// Reads where an error was thrown first; false when that was too long ago.
///
/// Errors that a function throws as a type of its own have no box then: the newest one of `type`, the
/// error's metadata, is meant.
bool runner_throw_read(
    const void *_Nonnull box, const void *_Nonnull type, runner_throw *_Nonnull result);
