#define _GNU_SOURCE
#include "CRunnerRuntime.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static __thread void *current_loop;
static __thread int32_t thread_id;

void *runner_current_loop(void) { return current_loop; }
void runner_set_current_loop(void *loop) { current_loop = loop; }

int32_t runner_thread_id(void) {
  if (thread_id == 0) thread_id = (int32_t)syscall(SYS_gettid);
  return thread_id;
}

bool runner_is_main_thread(void) { return runner_thread_id() == (int32_t)getpid(); }

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

int runner_epoll_wait(int epoll, struct epoll_event *events, int capacity, int64_t nanoseconds) {
  if (nanoseconds < 0) return epoll_wait(epoll, events, capacity, -1);
  if (nanoseconds == 0) return epoll_wait(epoll, events, capacity, 0);
#ifdef SYS_epoll_pwait2
  static atomic_bool unsupported;
  if (!atomic_load_explicit(&unsupported, memory_order_relaxed)) {
    struct timespec limit = {nanoseconds / 1000000000, nanoseconds % 1000000000};
    int count = (int)syscall(SYS_epoll_pwait2, epoll, events, capacity, &limit, NULL, 0);
    if (count >= 0 || errno != ENOSYS) return count;
    atomic_store_explicit(&unsupported, true, memory_order_relaxed);
  }
#endif
  int64_t milliseconds = (nanoseconds + 999999) / 1000000;
  return epoll_wait(epoll, events, capacity, milliseconds > INT32_MAX ? INT32_MAX : (int)milliseconds);
}

int runner_epoll_watch(int epoll, int descriptor, uint32_t events, bool change) {
  struct epoll_event event;
  memset(&event, 0, sizeof event);
  event.events = events;
  event.data.fd = descriptor;
  int operation = events == 0 ? EPOLL_CTL_DEL : change ? EPOLL_CTL_MOD : EPOLL_CTL_ADD;
  return epoll_ctl(epoll, operation, descriptor, &event);
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

void runner_use_line_buffering(void) { setvbuf(stdout, NULL, _IOLBF, 0); }

void runner_set_process_name(const char *name) { prctl(PR_SET_NAME, name); }

static atomic_int interrupt_count;
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

int runner_interrupt_install(int signal_number) {
  struct sigaction current;
  if (sigaction(signal_number, NULL, &current) != 0) return -1;
  if ((current.sa_flags & SA_SIGINFO) || current.sa_handler != SIG_DFL) return 0;
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = handle_interrupt;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  return sigaction(signal_number, &action, NULL) == 0 ? 1 : -1;
}

void runner_interrupt_restore(int signal_number) {
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
