#define _GNU_SOURCE
#include "ThrowWatch.h"

#include <link.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>
#include <string.h>

#include "GuardedMemory.h"

#if defined(__x86_64__) && defined(__linux__)

// What Swift's runtime calls as an error is thrown; weak, since another version may not have them.
typedef void (*will_throw)(void *box);
typedef void (*will_throw_typed)(void *value, const void *type, const void *conformance);
extern _Atomic(will_throw) _swift_willThrow __attribute__((weak));
extern _Atomic(will_throw_typed) _swift_willThrowTypedImpl __attribute__((weak));
extern void *swift_retain(void *object) __attribute__((weak));
extern void swift_release(void *object) __attribute__((weak));
extern void swift_job_run(void) __attribute__((weak));

// A box that is kept cannot be another error's later.
enum { entry_count = 64 };
static struct entry {
  void *box;
  const void *type;
  runner_throw where;
} entries[entry_count];
static size_t next_entry;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

// Where the runtime's code for tasks lies: what it calls is the outermost async function on a stack.
static uintptr_t runtime_start, runtime_end;

static int find_runtime(struct dl_phdr_info *info, size_t size, void *context) {
  (void)size, (void)context;
  for (size_t index = 0; index < info->dlpi_phnum; index++) {
    const ElfW(Phdr) *header = &info->dlpi_phdr[index];
    uintptr_t start = info->dlpi_addr + header->p_vaddr, end = start + header->p_memsz;
    uintptr_t inside = (uintptr_t)&swift_job_run, outside = (uintptr_t)&find_runtime;
    if (header->p_type != PT_LOAD || inside < start || inside >= end) continue;
    // In a program that has the runtime inside of it they cannot be told apart.
    if (outside < start || outside >= end) runtime_start = start, runtime_end = end;
    return 1;
  }
  return 0;
}

static __thread uintptr_t stack_end;

static uintptr_t end_of_stack(void) {
  if (stack_end == 0) {
    stack_end = 1;
    pthread_attr_t attributes;
    void *start;
    size_t size;
    if (pthread_getattr_np(pthread_self(), &attributes) == 0) {
      if (pthread_attr_getstack(&attributes, &start, &size) == 0)
        stack_end = (uintptr_t)start + size;
      pthread_attr_destroy(&attributes);
    }
  }
  return stack_end;
}

// Reads what lies on this thread's stack, and by way of the kernel what may be an async function's
// contexts: its caller's context, and the place where the caller resumes.
static void walk(uintptr_t frame, runner_throw *where) {
  uintptr_t end = end_of_stack();
  uintptr_t context = 0;
  where->count = 0;
  while (where->count < runner_throw_length && frame % sizeof frame == 0 &&
         frame + 2 * sizeof frame <= end) {
    const uintptr_t *words = (const uintptr_t *)frame;
    if (words[1] >= runtime_start && words[1] < runtime_end) {
      // An async function keeps its context below the saved frame pointer.
      context = words[-1];
      break;
    }
    where->addresses[where->count++] = words[1];
    if (words[0] <= frame) break;
    frame = words[0];
  }
  where->native_count = where->count;
  uintptr_t words[2];
  while (where->count < runner_throw_length && context != 0 && context % sizeof context == 0 &&
         runner_memory_read(runner_memory_guarded, context, words, sizeof words) && words[1] != 0) {
    where->addresses[where->count++] = words[1];
    context = words[0];
  }
}

static void note(void *box, const void *type, const runner_throw *where) {
  if (box) swift_retain(box);
  void *old = box;
  pthread_mutex_lock(&lock);
  bool is_known = false;
  for (size_t index = 0; box && index < entry_count && !is_known; index++)
    is_known = entries[index].box == box;
  if (!is_known) {
    struct entry *entry = &entries[next_entry++ % entry_count];
    old = entry->box;
    *entry = (struct entry){box, type, *where};
  }
  pthread_mutex_unlock(&lock);
  // It may be the last reference: what an error does as it goes must find the lock free.
  if (old) swift_release(old);
}

// The frame is gone once a function ends in a call; that of the one that walks is not.
static void note_box(void *box) {
  runner_throw where;
  walk((uintptr_t)__builtin_frame_address(0), &where);
  note(box, NULL, &where);
}

static void note_value(void *value, const void *type, const void *conformance) {
  (void)value, (void)conformance;
  runner_throw where;
  walk((uintptr_t)__builtin_frame_address(0), &where);
  note(NULL, type, &where);
}

bool runner_throw_watch(void) {
  if (!&_swift_willThrow || !swift_retain || !swift_release) return false;
  if (&swift_job_run) dl_iterate_phdr(find_runtime, NULL);
  atomic_store(&_swift_willThrow, note_box);
  if (&_swift_willThrowTypedImpl) atomic_store(&_swift_willThrowTypedImpl, note_value);
  return true;
}

bool runner_throw_read(const void *box, const void *type, runner_throw *result) {
  pthread_mutex_lock(&lock);
  const struct entry *found = NULL;
  for (size_t index = 0; box && index < entry_count && !found; index++)
    if (entries[index].box == box) found = &entries[index];
  for (size_t back = 1; type && back <= entry_count && !found && back <= next_entry; back++) {
    const struct entry *entry = &entries[(next_entry - back) % entry_count];
    if (!entry->box && entry->type == type) found = entry;
  }
  if (found) *result = found->where;
  pthread_mutex_unlock(&lock);
  return found != NULL;
}

#else

bool runner_throw_watch(void) { return false; }

bool runner_throw_read(const void *box, const void *type, runner_throw *result) {
  (void)box, (void)type, (void)result;
  return false;
}

#endif
