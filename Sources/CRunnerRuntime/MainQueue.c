#define _GNU_SOURCE
#include "CRunnerRuntime.h"

#include <dlfcn.h>
#include <stdatomic.h>
#include <stddef.h>

// What libdispatch has for run loops of others, CoreFoundation's among them. Weak: Swift's concurrency
// brings the library with it, but nothing here needs it.
extern int _dispatch_get_main_queue_handle_4CF(void) __attribute__((weak));
extern void _dispatch_main_queue_callback_4CF(void *) __attribute__((weak));

typedef int (*handle_function)(void);
typedef void (*callback_function)(void *);

static _Atomic(handle_function) get_handle;
static _Atomic(callback_function) call_back;

bool runner_main_queue_is_available(void) {
  if (atomic_load_explicit(&call_back, memory_order_acquire) != NULL) return true;
  handle_function handle = _dispatch_get_main_queue_handle_4CF;
  callback_function callback = _dispatch_main_queue_callback_4CF;
  if (handle == NULL || callback == NULL) {
    handle = (handle_function)dlsym(RTLD_DEFAULT, "_dispatch_get_main_queue_handle_4CF");
    callback = (callback_function)dlsym(RTLD_DEFAULT, "_dispatch_main_queue_callback_4CF");
  }
  if (handle == NULL || callback == NULL) return false;
  atomic_store_explicit(&get_handle, handle, memory_order_relaxed);
  atomic_store_explicit(&call_back, callback, memory_order_release);
  return true;
}

int runner_main_queue_descriptor(void) {
  return atomic_load_explicit(&get_handle, memory_order_relaxed)();
}

void runner_main_queue_drain(void) {
  atomic_load_explicit(&call_back, memory_order_relaxed)(NULL);
}
