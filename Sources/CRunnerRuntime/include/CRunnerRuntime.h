// What RunnerCore needs from C: calls that Swift cannot make, thread-local state that must cost
// nothing, and signal handlers.
//
// Headers of the C library's other than those of the language stay out of here: their types, such as
// sigset_t, would belong to this module for whoever imports it beside the C library.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "CrashWatch.h"
#include "GuardedMemory.h"
#include "SymbolTable.h"
#include "TaskBody.h"
#include "TaskCancellation.h"
#include "TaskLayout.h"
#include "TaskReader.h"
#include "ThreadStack.h"
#include "ThreadState.h"
#include "ThrowWatch.h"

// MARK: The loop of this thread

/// What is asked for so often that a call would be dear.
typedef struct runner_thread_state {
  void *_Nullable loop;
  /// Where Swift's runtime keeps the current task, once that is known; see TaskParking.c.
  const uintptr_t *_Nullable task;
  /// The context of code of no task, which a key of the thread's keeps alive.
  void *_Nullable context;
} runner_thread_state;

extern __thread runner_thread_state runner_thread;

/// The current task as the runtime says it.
uintptr_t runner_ask_for_task(void);

/// The event loop that the calling thread is running, or NULL.
static inline void *_Nullable runner_current_loop(void) { return runner_thread.loop; }
static inline void runner_set_current_loop(void *_Nullable loop) { runner_thread.loop = loop; }

/// The thread's own context, which is not counted here.
static inline void *_Nullable runner_thread_context(void) { return runner_thread.context; }
static inline void runner_set_thread_context(void *_Nullable context) {
  runner_thread.context = context;
}

/// The address of the Swift task that makes the call, or 0.
static inline uintptr_t runner_current_task(void) {
  return runner_thread.task ? *runner_thread.task : runner_ask_for_task();
}

/// Looks at a task that has been sent to an executor to wait; see TaskParking.c.
void runner_look_at_parked(uintptr_t task);

/// The kernel's number of the calling thread; cached.
int32_t runner_thread_id(void);

/// Whether the calling thread is the process's main thread.
bool runner_is_main_thread(void);

/// Makes a `pthread_mutex_t` that looks for a moment whether it is free before it lets a thread sleep.
void runner_initialize_mutex(void *_Nonnull mutex);

/// Tells the processor that the thread looks for a change again and again.
static inline void runner_relax(void) {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("isb" ::: "memory");
#endif
}

/// Lets the processor fetch a word of memory that will be read soon; any address will do.
static inline void runner_prefetch(uintptr_t address) { __builtin_prefetch((const void *)address); }

/// The same for the parts of a Swift task that running it needs.
static inline void runner_prefetch_job(uintptr_t address) {
  for (int line = 0; line < 4; line++) __builtin_prefetch((const char *)address + line * 64);
}

/// The same for an object as long as a task of the library's.
static inline void runner_prefetch_task(const void *_Nonnull task) {
  for (int line = 0; line < 5; line++) __builtin_prefetch((const char *)task + line * 64);
}

/// Sets the name by which the system shows the calling thread; 15 bytes are kept.
void runner_set_thread_name(const char *_Nonnull name);

/// Writes the calling thread's name into 16 bytes, zero at the end.
void runner_get_thread_name(char *_Nonnull name);

/// How many processors the process may use.
int runner_processor_count(void);

// MARK: Time

/// Nanoseconds of the monotonic clock.
int64_t runner_monotonic_now(void);

/// The same, a few milliseconds behind and several times cheaper to ask.
int64_t runner_coarse_now(void);

// MARK: Waiting

/// Creates an epoll descriptor that is closed on exec; -1 and errno when the system refuses.
int runner_epoll_create(void);

/// What can be awaited of a descriptor: the bits of DescriptorInterest.
enum { runner_readable = 1, runner_writable = 2 };

/// A descriptor that became ready; after an error it is both.
typedef struct runner_descriptor_event {
  int32_t descriptor;
  uint32_t ready;
} runner_descriptor_event;

enum { runner_epoll_limit = 256 };

/// Waits for at most `nanoseconds`, a negative number without limit; returns how many of at most
/// `runner_epoll_limit` events came, or -1 and errno.
int runner_epoll_wait(int epoll, runner_descriptor_event *_Nonnull events, int64_t nanoseconds);

/// How it is awaited: until the next event only, or told of each change once, whether it is read or not.
enum { runner_once = 4, runner_edge = 8 };

/// Adds, changes (`change`) or removes (`interest` 0) a descriptor; -1 and errno on failure.
int runner_epoll_watch(int epoll, int descriptor, uint32_t interest, bool change);

/// Waits for `count` of the system's pollfd with poll(2), for at most `nanoseconds`; a negative number
/// waits without limit. Returns as poll(2) does.
int runner_poll(void *_Nonnull pollfds, size_t count, int64_t nanoseconds);

/// Creates a non-blocking eventfd that is closed on exec; -1 and errno when the system refuses.
int runner_eventfd_create(void);
void runner_eventfd_signal(int descriptor);
void runner_eventfd_clear(int descriptor);

// MARK: Output

/// Lets standard output go out line by line, whatever it is connected to.
void runner_use_line_buffering(void);

/// Writes out what the streams hold; returns false when standard output has refused something since the last time.
bool runner_flush_output(void);

/// Lets reading from `stdin` write out first what `stdout` holds, as at a terminal.
void runner_use_interactive_input(void);

/// Lets `stdin` be read again after its end.
void runner_forget_end_of_input(void);

/// Sets the name by which process lists show this process; 15 characters are kept.
void runner_set_process_name(const char *_Nonnull name);

// MARK: Interrupts

/// Installs the interrupt handler for a signal if its disposition is the default one.
/// Returns 1 when installed, 0 when something else handles the signal, -1 when the system refuses.
/// The handler counts; the third signal in one installation gets the default action.
int runner_interrupt_install(int signal);

/// Puts the default disposition back if the handler is still ours.
void runner_interrupt_restore(int signal);

/// Forgets the signals counted so far; called when a run begins.
void runner_interrupt_reset(void);

/// The number of signals since the last reset.
int32_t runner_interrupt_count(void);

/// The eventfd that the handler signals, or -1 when nobody sleeps on one yet.
void runner_interrupt_set_wake_descriptor(int descriptor);

// MARK: Signals with handlers of the loop's user

/// Lets a signal count and write to an eventfd, whatever its disposition was.
/// Returns 0, or -1 and errno when the system refuses. A later call takes the signal over.
int runner_signal_install(int signal, int descriptor);

/// Puts the interrupt handler back if a run has one for this signal, and else the default; does
/// nothing when another eventfd has taken the signal over. When it returns, no handler is about to
/// write to the eventfd.
void runner_signal_remove(int signal, int descriptor);

/// How many came since the last call.
uint32_t runner_signal_take(int signal);

// MARK: Swift's main queue

/// Whether libdispatch can be asked; the other two must not be called where it cannot.
bool runner_main_queue_is_available(void);

/// The descriptor that has input when work comes to an empty main queue; made at the first call.
int runner_main_queue_descriptor(void);

/// Executes what is in the main queue; on the main thread only. Cheap when there is nothing.
void runner_main_queue_drain(void);
