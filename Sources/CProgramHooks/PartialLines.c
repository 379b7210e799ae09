#define _GNU_SOURCE
#include <dlfcn.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdio_ext.h>
#include <time.h>

#include "CProgramHooks.h"

// Standard output keeps the beginning of a line until its end comes. Whoever leaves one there says so, once, and the
// thread that waits for that writes it a moment later. While nothing is printed, and beside whole lines, it sleeps.

typedef size_t (*fwrite_fn)(const void *restrict, size_t, size_t, FILE *restrict);

static _Atomic(fwrite_fn) library_fwrite;
static atomic_bool is_watched;
static atomic_bool is_told;
static sem_t news;

size_t fwrite(const void *restrict bytes, size_t size, size_t count, FILE *restrict stream) {
  fwrite_fn next = atomic_load_explicit(&library_fwrite, memory_order_relaxed);
  if (!next) {
    next = (fwrite_fn)dlsym(RTLD_NEXT, "fwrite");
    atomic_store(&library_fwrite, next);
  }
  size_t written = next(bytes, size, count, stream);
  if (stream == stdout && __fpending(stdout) > 0 &&
      !atomic_load_explicit(&is_told, memory_order_relaxed) &&
      atomic_load_explicit(&is_watched, memory_order_relaxed) && !atomic_exchange(&is_told, true))
    sem_post(&news);
  return written;
}

void program_hooks_show_partial_lines(void) {
  static const struct timespec moment = {.tv_nsec = 50 * 1000 * 1000};
  sem_init(&news, 0, 0);
  atomic_store(&is_watched, true);
  while (true) {
    if (sem_wait(&news)) continue;
    nanosleep(&moment, NULL);
    // Before it is looked: what comes after that is told again.
    atomic_store(&is_told, false);
    if (__fpending(stdout) > 0) fflush(stdout);
  }
}
