#define _GNU_SOURCE
#include "CRunnerRuntime.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

__thread runner_thread_state runner_thread;
static __thread int32_t thread_id;

int32_t runner_thread_id(void) {
  if (thread_id == 0) thread_id = (int32_t)syscall(SYS_gettid);
  return thread_id;
}

// What a thread knows of itself does not hold in the child of a fork, where it is another one.
static __thread enum { unknown, main_thread, other_thread } place;

static void forget_thread(void) {
  thread_id = 0;
  place = unknown;
}

__attribute__((constructor)) static void watch_forks(void) {
  pthread_atfork(NULL, NULL, forget_thread);
}

bool runner_is_main_thread(void) {
  if (place == unknown)
    place = runner_thread_id() == (int32_t)getpid() ? main_thread : other_thread;
  return place == main_thread;
}

void runner_set_thread_name(const char *name) { prctl(PR_SET_NAME, name); }

void runner_get_thread_name(char *name) { prctl(PR_GET_NAME, name); }

int runner_processor_count(void) {
  cpu_set_t usable;
  if (sched_getaffinity(0, sizeof usable, &usable) == 0) return CPU_COUNT(&usable);
  // More processors than the set has room for.
  long online = sysconf(_SC_NPROCESSORS_ONLN);
  return online > 0 ? (int)online : 1;
}

int64_t runner_monotonic_now(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

int64_t runner_coarse_now(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
  return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

int runner_epoll_create(void) { return epoll_create1(EPOLL_CLOEXEC); }

// glibc has it since 2.35. Not as a bare system call: ThreadSanitizer keeps signals back while a thread
// is in what it takes for a computation.
extern int epoll_pwait2(
    int, struct epoll_event *, int, const struct timespec *, const sigset_t *)
    __attribute__((weak));

static int epoll_wait_within(int epoll, struct epoll_event *events, int64_t nanoseconds) {
  if (nanoseconds < 0) return epoll_wait(epoll, events, runner_epoll_limit, -1);
  if (nanoseconds == 0) return epoll_wait(epoll, events, runner_epoll_limit, 0);
  static atomic_bool unsupported;
  if (epoll_pwait2 && !atomic_load_explicit(&unsupported, memory_order_relaxed)) {
    struct timespec limit = {nanoseconds / 1000000000, nanoseconds % 1000000000};
    int count = epoll_pwait2(epoll, events, runner_epoll_limit, &limit, NULL);
    if (count >= 0 || errno != ENOSYS) return count;
    atomic_store_explicit(&unsupported, true, memory_order_relaxed);
  }
  int64_t milliseconds = (nanoseconds + 999999) / 1000000;
  return epoll_wait(
      epoll, events, runner_epoll_limit, milliseconds > INT32_MAX ? INT32_MAX : (int)milliseconds);
}

int runner_epoll_wait(int epoll, runner_descriptor_event *events, int64_t nanoseconds) {
  struct epoll_event raw[runner_epoll_limit];
  int count = epoll_wait_within(epoll, raw, nanoseconds);
  for (int i = 0; i < count; i++) {
    uint32_t flags = raw[i].events, ready = 0;
    if (flags & (EPOLLIN | EPOLLRDHUP | EPOLLERR | EPOLLHUP)) ready |= runner_readable;
    if (flags & (EPOLLOUT | EPOLLERR | EPOLLHUP)) ready |= runner_writable;
    events[i] = (runner_descriptor_event){raw[i].data.fd, ready};
  }
  return count;
}

int runner_epoll_watch(int epoll, int descriptor, uint32_t interest, bool change) {
  struct epoll_event event;
  memset(&event, 0, sizeof event);
  if (interest & runner_readable) event.events |= EPOLLIN | EPOLLRDHUP;
  if (interest & runner_writable) event.events |= EPOLLOUT;
  if (interest & runner_once) event.events |= EPOLLONESHOT;
  if (interest & runner_edge) event.events |= EPOLLET;
  event.data.fd = descriptor;
  int operation = interest == 0 ? EPOLL_CTL_DEL : change ? EPOLL_CTL_MOD : EPOLL_CTL_ADD;
  return epoll_ctl(epoll, operation, descriptor, &event);
}

int runner_poll(void *pollfds, size_t count, int64_t nanoseconds) {
  struct timespec limit = {nanoseconds / 1000000000, nanoseconds % 1000000000};
  return ppoll(pollfds, count, nanoseconds < 0 ? NULL : &limit, NULL);
}

int runner_eventfd_create(void) { return eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC); }

void runner_eventfd_signal(int descriptor) {
  int saved = errno;
  uint64_t one = 1;
  ssize_t written = write(descriptor, &one, sizeof one);
  (void)written;
  errno = saved;
}

void runner_eventfd_clear(int descriptor) {
  uint64_t count;
  ssize_t got = read(descriptor, &count, sizeof count);
  (void)got;
}

void runner_use_interactive_input(void) { setvbuf(stdin, NULL, _IOLBF, BUFSIZ); }

void runner_forget_end_of_input(void) { clearerr(stdin); }

void runner_use_line_buffering(void) { setvbuf(stdout, NULL, _IOLBF, 0); }

bool runner_flush_output(void) {
  fflush(NULL);
  bool is_whole = !ferror(stdout);
  clearerr(stdout);
  return is_whole;
}

void runner_set_process_name(const char *name) { prctl(PR_SET_NAME, name); }

// Linux has signals 1 to 64.
enum { signal_limit = 65 };

static atomic_int interrupt_count;
static atomic_bool has_interrupt_handler[signal_limit];
static atomic_int interrupt_wake_descriptor = -1;

static void handle_interrupt(int signal_number) {
  int count = atomic_fetch_add(&interrupt_count, 1) + 1;
  if (count >= 3) {
    // The person means it: the signal is blocked while its handler runs, so the raised one is
    // delivered, with the default action, when this function returns.
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = SIG_DFL;
    sigaction(signal_number, &action, NULL);
    raise(signal_number);
    return;
  }
  int descriptor = atomic_load(&interrupt_wake_descriptor);
  if (descriptor >= 0) runner_eventfd_signal(descriptor);
}

static bool is_default(const struct sigaction *action) {
  return !(action->sa_flags & SA_SIGINFO) && action->sa_handler == SIG_DFL;
}

// Whether somebody else's handler was found last time: then it is not touched to find that out.
static atomic_bool is_foreign[signal_limit];

int runner_interrupt_install(int signal_number) {
  if (signal_number < 1 || signal_number >= signal_limit) return -1;
  struct sigaction current, action;
  if (atomic_load(&is_foreign[signal_number])) {
    if (sigaction(signal_number, NULL, &current) != 0) return -1;
    if (!is_default(&current)) return 0;
    atomic_store(&is_foreign[signal_number], false);
  }
  int before = atomic_load(&interrupt_count);
  memset(&action, 0, sizeof action);
  action.sa_handler = handle_interrupt;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  if (sigaction(signal_number, &action, &current) != 0) return -1;
  if (!is_default(&current)) {
    atomic_store(&is_foreign[signal_number], true);
    sigaction(signal_number, &current, NULL);
    // One that came in between was meant for the other handler.
    if (atomic_exchange(&interrupt_count, before) != before) raise(signal_number);
    return 0;
  }
  atomic_store(&has_interrupt_handler[signal_number], true);
  return 1;
}

void runner_interrupt_restore(int signal_number) {
  atomic_store(&has_interrupt_handler[signal_number], false);
  struct sigaction current;
  if (sigaction(signal_number, NULL, &current) != 0) return;
  if ((current.sa_flags & SA_SIGINFO) || current.sa_handler != handle_interrupt) return;
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = SIG_DFL;
  sigemptyset(&action.sa_mask);
  sigaction(signal_number, &action, NULL);
}

void runner_interrupt_reset(void) { atomic_store(&interrupt_count, 0); }

int32_t runner_interrupt_count(void) { return atomic_load(&interrupt_count); }

void runner_interrupt_set_wake_descriptor(int descriptor) {
  atomic_store(&interrupt_wake_descriptor, descriptor);
}

// One more than the eventfd, so that 0 is nobody's.
static atomic_int signal_targets[signal_limit];
static atomic_uint signal_counts[signal_limit];
static atomic_int handlers_inside;

static void handle_signal(int signal_number) {
  atomic_fetch_add(&handlers_inside, 1);
  int target = atomic_load(&signal_targets[signal_number]);
  if (target > 0) {
    atomic_fetch_add(&signal_counts[signal_number], 1);
    runner_eventfd_signal(target - 1);
  }
  atomic_fetch_sub(&handlers_inside, 1);
}

int runner_signal_install(int signal_number, int descriptor) {
  if (signal_number < 1 || signal_number >= signal_limit) {
    errno = EINVAL;
    return -1;
  }
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = handle_signal;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  int earlier = atomic_exchange(&signal_targets[signal_number], descriptor + 1);
  if (earlier != descriptor + 1) atomic_store(&signal_counts[signal_number], 0);
  if (sigaction(signal_number, &action, NULL) == 0) return 0;
  atomic_store(&signal_targets[signal_number], earlier);
  return -1;
}

void runner_signal_remove(int signal_number, int descriptor) {
  if (atomic_load(&signal_targets[signal_number]) == descriptor + 1) {
    struct sigaction action;
    if (sigaction(signal_number, NULL, &action) == 0 && !(action.sa_flags & SA_SIGINFO) &&
        action.sa_handler == handle_signal) {
      bool interrupts = atomic_load(&has_interrupt_handler[signal_number]);
      memset(&action, 0, sizeof action);
      action.sa_handler = interrupts ? handle_interrupt : SIG_DFL;
      action.sa_flags = interrupts ? SA_RESTART : 0;
      sigemptyset(&action.sa_mask);
      sigaction(signal_number, &action, NULL);
    }
    int expected = descriptor + 1;
    atomic_compare_exchange_strong(&signal_targets[signal_number], &expected, 0);
  }
  // A handler on another thread may have read the eventfd's number already.
  while (atomic_load(&handlers_inside) > 0) sched_yield();
}

uint32_t runner_signal_take(int signal_number) {
  return atomic_exchange(&signal_counts[signal_number], 0);
}

void runner_initialize_mutex(void *mutex) {
  *(pthread_mutex_t *)mutex = (pthread_mutex_t)PTHREAD_ADAPTIVE_MUTEX_INITIALIZER_NP;
}
