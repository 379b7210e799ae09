#define _GNU_SOURCE
#include "CProgramHooks.h"

#include <ctype.h>
#include <dlfcn.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "CrashWatch.h"

// MARK: exit

void exit(int status) {
  // Asking for the frame's address makes sure that there is one.
  uintptr_t *frame = __builtin_frame_address(0);
  runner_crash_note_exit(status, (uintptr_t)__builtin_return_address(0), frame[0]);
  void (*next)(int) = (void (*)(int))dlsym(RTLD_NEXT, "exit");
  if (next) next(status);
  _exit(status);
}

// MARK: fputs

static atomic_bool tidies;

void program_hooks_tidy_messages(void) { atomic_store(&tidies, true); }

static const char module[] = "Cell";

// What follows the digits of a cell's module, or NULL when the text does not begin with such a name.
static const char *after_module(const char *text) {
  if (strncmp(text, module, sizeof module - 1) != 0) return NULL;
  const char *at = text + sizeof module - 1;
  if (!isdigit((unsigned char)*at)) return NULL;
  while (isdigit((unsigned char)*at)) at++;
  return at;
}

static bool put(const char *text, size_t length, FILE *stream) {
  return fwrite(text, 1, length, stream) == length;
}

static bool put_all(const char *text, FILE *stream) { return put(text, strlen(text), stream); }

// What is told of a continuation begins with the function that made it.
static bool put_tidied(const char *text, FILE *stream) {
  static const char misuse[] = "CONTINUATION MISUSE: ";
  const char *end = after_module(text);
  if (end && *end == '/') text = end + 1;
  const char *found = strstr(text, misuse);
  if (!found) return put_all(text, stream);
  const char *name = found + sizeof misuse - 1;
  if (!put(text, (size_t)(name - text), stream)) return false;
  end = after_module(name);
  if (end && *end == ' ')
    return put_all("cell ", stream) && put_all(name + sizeof module - 1, stream);
  if (strncmp(name, "_cell_", 6) == 0 && (end = strchr(name, ' ')) != NULL)
    return put_all("a cell", stream) && put_all(end, stream);
  return put_all(name, stream);
}

int fputs(const char *restrict text, FILE *restrict stream) {
  bool isTold = stream == stderr && atomic_load(&tidies);
  flockfile(stream);
  bool isWhole = isTold ? put_tidied(text, stream) : put_all(text, stream);
  funlockfile(stream);
  return isWhole ? 1 : EOF;
}
