// The names of functions, from the symbol tables of the files that this process has loaded.
//
// dladdr knows exported functions only; the functions that Swift's tasks resume in are local.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// What the symbol tables say of an address. The texts live as long as the process.
typedef struct runner_symbol {
  /// The path of the loaded file.
  const char *_Nullable object;
  uintptr_t object_base;
  /// The function's mangled name, or NULL when the file has been stripped of it.
  const char *_Nullable name;
  uintptr_t start;
  /// Its length; 0 when the file does not say.
  uintptr_t size;
} runner_symbol;

/// Finds the function at an address; false when no loaded file has code there. Any thread; a lock.
bool runner_symbol_find(uintptr_t address, runner_symbol *_Nonnull symbol);

/// Finds the mangled name of the global variable that holds a TaskLocal object, or NULL.
const char *_Nullable runner_symbol_of_task_local(uintptr_t key);

/// How many files have been unloaded: what was found before holds while this stays the same.
uint64_t runner_symbol_generation(void);

/// Whether an address lies in code of a loaded file. No file is opened.
bool runner_is_code(uintptr_t address);

/// The readable form of a mangled Swift name, or NULL; free it.
char *_Nullable runner_demangle(const char *_Nonnull name);

/// A place in source code. The texts live as long as the process.
typedef struct runner_line {
  const char *_Nullable folder;
  const char *_Nullable file;
  uint32_t line;
  uint32_t column;
} runner_line;

/// Finds the line of the code at an address, or of the first code after it in its function that has
/// one; false when the file has no line table for it.
bool runner_line_find(uintptr_t address, runner_line *_Nonnull line);
