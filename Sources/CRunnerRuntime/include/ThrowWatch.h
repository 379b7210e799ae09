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

/// Reads where the error in a box was thrown first, or the newest error that a function threw as `type`
/// without a box; one of the two is given. False when that was too long ago.
bool runner_throw_read(
    const void *_Nullable box, const void *_Nullable type, runner_throw *_Nonnull result);
