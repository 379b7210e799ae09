#define _GNU_SOURCE
#include "CrashWatch.h"

#include <errno.h>
#include <linux/futex.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

#include "StackWalk.h"

static const int fatal[] = {SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT};
enum { fatal_count = sizeof fatal / sizeof *fatal, signal_stack_size = 64 * 1024 };

// nothing → held (the thread that crashes first) → finished (who reports, or its patience).
enum { nothing, held, finished };
static atomic_int state;
static int32_t report_descriptor = -1;
static runner_crash crash;
static const ucontext_t *crash_context;
static pid_t watched_process;

static void wait_for_report(void) {
  struct timespec end;
  clock_gettime(CLOCK_MONOTONIC, &end);
  end.tv_sec += 3;
  while (atomic_load(&state) == held) {
    long outcome = syscall(
        SYS_futex, &state, FUTEX_WAIT_BITSET_PRIVATE, held, &end, NULL, FUTEX_BITSET_MATCH_ANY);
    if (outcome != 0 && errno == ETIMEDOUT) break;
  }
}

// The fault lies a little below, or above, where the stack ends.
static bool is_at_stack_end(const siginfo_t *info, const ucontext_t *context) {
#if defined(__x86_64__)
  if (info->si_signo != SIGSEGV && info->si_signo != SIGBUS) return false;
  uintptr_t address = (uintptr_t)info->si_addr;
  uintptr_t top = (uintptr_t)context->uc_mcontext.gregs[REG_RSP];
  return address + (64 << 10) >= top && address <= top + (64 << 10);
#else
  (void)info, (void)context;
  return false;
#endif
}

static void hold(int number, siginfo_t *info, void *context) {
  int expected = nothing;
  if (atomic_compare_exchange_strong(&state, &expected, held)) {
    bool has_address = number == SIGSEGV || number == SIGBUS;
    crash.signal = number;
    crash.thread = (int32_t)syscall(SYS_gettid);
    crash.address = has_address && info->si_code > 0 ? (uintptr_t)info->si_addr : 0;
    crash.is_stack_overflow = is_at_stack_end(info, context);
    crash_context = context;
    char byte = 1;
    if (write(report_descriptor, &byte, 1) == 1) wait_for_report();
    atomic_store(&state, finished);
  } else {
    // Another thread has crashed already: the process is about to end.
    wait_for_report();
  }
  // Back in the code, the fault comes again, and finds the default action.
  for (size_t index = 0; index < fatal_count; index++) signal(fatal[index], SIG_DFL);
  if (info->si_code <= 0) raise(number);
}

bool runner_crash_watch(int32_t descriptor) {
  report_descriptor = descriptor;
  watched_process = getpid();
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_sigaction = hold;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER;
  sigemptyset(&action.sa_mask);
  for (size_t index = 0; index < fatal_count; index++)
    if (sigaction(fatal[index], &action, NULL) != 0) return false;
  runner_crash_cover_thread();
  return true;
}

void runner_crash_note_exit(int32_t status, uintptr_t address, uintptr_t frame) {
  // A copy that fork has made ends without a word: whoever reports is not in it.
  if (report_descriptor < 0 || getpid() != watched_process) return;
  int expected = nothing;
  if (!atomic_compare_exchange_strong(&state, &expected, held)) return;
  ucontext_t context;
  memset(&context, 0, sizeof context);
#if defined(__x86_64__)
  // The call's own last byte: the line that calls, not the one after it.
  context.uc_mcontext.gregs[REG_RIP] = (greg_t)(address - 1);
  context.uc_mcontext.gregs[REG_RBP] = (greg_t)frame;
  context.uc_mcontext.gregs[REG_RSP] = (greg_t)(uintptr_t)&context;
#else
  (void)address, (void)frame;
#endif
  crash.signal = 0;
  crash.exit_status = status;
  crash.thread = (int32_t)syscall(SYS_gettid);
  crash_context = &context;
  char byte = 1;
  if (write(report_descriptor, &byte, 1) == 1) wait_for_report();
  atomic_store(&state, finished);
}

// MARK: Stacks for signals

static pthread_key_t stack_key;
static pthread_once_t stack_once = PTHREAD_ONCE_INIT;

static void drop_stack(void *memory) {
  stack_t none = {.ss_flags = SS_DISABLE};
  sigaltstack(&none, NULL);
  munmap(memory, signal_stack_size);
}

static void make_key(void) { pthread_key_create(&stack_key, drop_stack); }

void runner_crash_cover_thread(void) {
  pthread_once(&stack_once, make_key);
  if (pthread_getspecific(stack_key)) return;
  void *memory = mmap(
      NULL, signal_stack_size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1,
      0);
  if (memory == MAP_FAILED) return;
  stack_t stack = {.ss_sp = memory, .ss_size = signal_stack_size};
  if (sigaltstack(&stack, NULL) != 0 || pthread_setspecific(stack_key, memory) != 0)
    munmap(memory, signal_stack_size);
}

// MARK: Reporting

bool runner_crash_read(runner_crash *result, runner_thread_stack *stack) {
  if (atomic_load(&state) != held) return false;
  *result = crash;
  runner_stack_of_context(crash_context, stack);
  return true;
}

void runner_crash_finish(void) {
  atomic_store(&state, finished);
  syscall(SYS_futex, &state, FUTEX_WAKE_PRIVATE, 1 << 30, NULL, NULL, 0);
}
