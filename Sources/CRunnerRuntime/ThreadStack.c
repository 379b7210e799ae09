#define _GNU_SOURCE
#include "ThreadStack.h"

#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <linux/futex.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

#include "GuardedMemory.h"
#include "StackWalk.h"

#if defined(__x86_64__) && defined(__linux__)

// The sampled thread writes into static memory, never into the asker's: an asker that has given up
// is gone, and the signal may come late. `phase` says whose the memory is:
//   idle → armed (asker) → writing (handler) → written (handler) → idle (asker).
// An asker that gives up moves armed → idle; then a late handler finds nothing to do. When it finds
// `writing`, the memory stays the handler's until it is done.
enum { idle, armed, writing, written };
static atomic_int phase;
static atomic_int wanted_thread;
static runner_thread_stack shared;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

// Where code lies, noted before the thread is asked: its handler must not ask the loader.
enum { code_range_limit = 512 };
static uintptr_t code_ranges[code_range_limit][2];
static size_t code_range_count;

static int note_code(struct dl_phdr_info *info, size_t size, void *context) {
  (void)size, (void)context;
  for (size_t index = 0; index < info->dlpi_phnum; index++) {
    const ElfW(Phdr) *header = &info->dlpi_phdr[index];
    if (header->p_type != PT_LOAD || !(header->p_flags & PF_X)) continue;
    if (code_range_count >= code_range_limit) return 1;
    uintptr_t start = info->dlpi_addr + header->p_vaddr;
    code_ranges[code_range_count][0] = start;
    code_ranges[code_range_count++][1] = start + header->p_memsz;
  }
  return 0;
}

static void wake_asker(void) {
  syscall(SYS_futex, &phase, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
}

static bool read_words(uintptr_t address, uintptr_t *words, size_t count) {
  return runner_memory_read(runner_memory_guarded, address, words, count * sizeof *words);
}

static bool is_code(uintptr_t address) {
  for (size_t index = 0; index < code_range_count; index++)
    if (address >= code_ranges[index][0] && address < code_ranges[index][1]) return true;
  return false;
}

// A context is the caller's context and the place where the caller resumes.
static void walk_contexts(uintptr_t context, uint32_t frame, runner_thread_stack *stack) {
  for (uint32_t index = 0; index < stack->chain_count; index++) {
    if (stack->chains[index].context == context) {
      if (frame != runner_chain_of_register) stack->chains[index].frame = frame;
      return;
    }
  }
  if (stack->chain_count >= runner_chain_limit) return;
  runner_async_chain *chain = &stack->chains[stack->chain_count];
  chain->context = context;
  chain->frame = frame;
  chain->count = 0;
  chain->is_complete = false;
  while (chain->count < runner_chain_length) {
    uintptr_t words[2];
    if (context == 0) {
      chain->is_complete = true;
      break;
    }
    if (context % sizeof words[0] != 0 || !read_words(context, words, 2)) break;
    if (words[1] != 0) {
      if (!is_code(words[1])) break;
      chain->addresses[chain->count++] = words[1];
    }
    if (words[0] == context || (words[1] == 0 && words[0] != 0)) break;
    context = words[0];
  }
  if (chain->count > 0) stack->chain_count++;
}

// A Swift async function keeps its context in the word below the saved frame pointer, and may mark
// the saved one in bit 60.
static void walk_frames(uintptr_t pc, uintptr_t frame, runner_thread_stack *stack) {
  const uintptr_t mark = (uintptr_t)1 << 60;
  const uintptr_t longest_frame = 64 << 20;
  stack->addresses[stack->count++] = pc;
  while (stack->count < runner_stack_limit && frame != 0 && frame % sizeof frame == 0) {
    uintptr_t words[3];  // what may be a context, the saved frame pointer, the return address
    if (!read_words(frame - sizeof frame, words, 3)) return;
    walk_contexts(words[0], stack->count - 1, stack);
    if (!is_code(words[2])) return;
    stack->addresses[stack->count++] = words[2];
    uintptr_t caller = words[1] & ~mark;
    if (caller <= frame || caller - frame > longest_frame) return;
    frame = caller;
  }
}

static void walk(const ucontext_t *registers, runner_thread_stack *stack) {
  walk_frames(
      (uintptr_t)registers->uc_mcontext.gregs[REG_RIP],
      (uintptr_t)registers->uc_mcontext.gregs[REG_RBP], stack);
  // The context of the async function that runs is in r14 until something else needs it.
  walk_contexts((uintptr_t)registers->uc_mcontext.gregs[REG_R14], runner_chain_of_register, stack);
}

void runner_stack_of_context(const void *context, runner_thread_stack *stack) {
  memset(stack, 0, sizeof *stack);
  stack->system_call = -1;
  pthread_mutex_lock(&lock);
  code_range_count = 0;
  dl_iterate_phdr(note_code, NULL);
  walk(context, stack);
  pthread_mutex_unlock(&lock);
}

static void take_sample(int number, siginfo_t *info, void *context) {
  (void)number, (void)info;
  int saved = errno;
  int expected = armed;
  if (syscall(SYS_gettid) == atomic_load(&wanted_thread) &&
      atomic_compare_exchange_strong(&phase, &expected, writing)) {
    walk(context, &shared);
    atomic_store(&phase, written);
    wake_asker();
  }
  errno = saved;
}

// MARK: What the kernel says of a thread

static ssize_t read_proc(int32_t thread, const char *name, char *buffer, size_t size) {
  char path[64];
  snprintf(path, sizeof path, "/proc/self/task/%d/%s", thread, name);
  int descriptor = open(path, O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return -1;
  ssize_t count = read(descriptor, buffer, size - 1);
  close(descriptor);
  buffer[count > 0 ? count : 0] = 0;
  return count;
}

// Whether a thread that is in this system call can be signalled without the call's failing: the
// kernel starts it again after the handler.
static bool is_restarted(long number, const unsigned long *arguments) {
  switch (number) {
    case SYS_read:
    case SYS_write:
    case SYS_readv:
    case SYS_writev:
    case SYS_pread64:
    case SYS_pwrite64:
    case SYS_open:
    case SYS_openat:
    case SYS_wait4:
    case SYS_waitid:
    case SYS_flock:
    case SYS_fcntl:
    case SYS_fsync:
    case SYS_fdatasync:
    case SYS_sched_yield: return true;
    case SYS_futex:
      // Without a limit.
      return arguments[3] == 0;
    default: return false;
  }
}

/// -1 when the thread runs or the kernel does not say.
static long system_call_of(int32_t thread, unsigned long arguments[6]) {
  char text[256];
  if (read_proc(thread, "syscall", text, sizeof text) <= 0) return -1;
  char *at = text;
  char *end;
  long number = strtol(at, &end, 10);
  if (end == at || number < 0) return -1;
  at = end;
  for (int index = 0; index < 6; index++) {
    arguments[index] = strtoul(at, &end, 16);
    if (end == at) return -1;
    at = end;
  }
  return number;
}

/// Whether the thread sleeps, as far as the kernel says.
static bool is_asleep(int32_t thread) {
  char text[512];
  if (read_proc(thread, "stat", text, sizeof text) <= 0) return false;
  // The name, in parentheses, may hold anything.
  const char *after = strrchr(text, ')');
  return after && after[1] == ' ' && (after[2] == 'S' || after[2] == 'D' || after[2] == 'T');
}

static unsigned long long blocked_signals(int32_t thread) {
  char text[4096];
  if (read_proc(thread, "status", text, sizeof text) <= 0) return 0;
  const char *line = strstr(text, "\nSigBlk:");
  return line ? strtoull(line + 8, NULL, 16) : 0;
}

// MARK: Asking

static bool is_unused(int number) {
  struct sigaction action;
  return sigaction(number, NULL, &action) == 0 && !(action.sa_flags & SA_SIGINFO) &&
         action.sa_handler == SIG_DFL;
}

/// A signal that nobody uses and the thread does not block; 0 if it blocks all, -1 if there is
/// none.
///
/// Threads of Dispatch, and those that they make, block all real-time signals but not SIGPROF.
static int choose_signal(int32_t thread) {
  unsigned long long blocked = blocked_signals(thread);
  int outcome = -1;
  for (int number = SIGRTMAX - 1; number >= SIGRTMIN - 1; number--) {
    int candidate = number >= SIGRTMIN ? number : SIGPROF;
    if (!is_unused(candidate)) continue;
    if (!(blocked >> (candidate - 1) & 1)) return candidate;
    outcome = 0;
  }
  return outcome;
}

static int64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static void wait_while(int value, int64_t deadline) {
  while (atomic_load(&phase) == value) {
    int64_t left = deadline - now();
    if (left <= 0) return;
    struct timespec limit = {left / 1000000000, left % 1000000000};
    syscall(SYS_futex, &phase, FUTEX_WAIT_PRIVATE, value, &limit, NULL, 0);
  }
}

static runner_stack_outcome ask(int32_t thread, int number, int64_t deadline) {
  memset(&shared, 0, sizeof shared);
  code_range_count = 0;
  dl_iterate_phdr(note_code, NULL);
  atomic_store(&wanted_thread, thread);
  atomic_store(&phase, armed);
  struct sigaction action, before;
  memset(&action, 0, sizeof action);
  action.sa_sigaction = take_sample;
  action.sa_flags = SA_SIGINFO | SA_RESTART | SA_ONSTACK;
  sigemptyset(&action.sa_mask);
  if (sigaction(number, &action, &before) != 0) {
    atomic_store(&phase, idle);
    return runner_stack_busy;
  }
  runner_stack_outcome outcome = runner_stack_no_answer;
  if (syscall(SYS_tgkill, getpid(), thread, number) != 0) {
    outcome = errno == ESRCH ? runner_stack_no_thread : runner_stack_busy;
  } else {
    wait_while(armed, deadline);
    wait_while(writing, deadline);
  }
  int expected = armed;
  atomic_compare_exchange_strong(&phase, &expected, idle);
  // Ignoring a signal also drops those that are still on their way; the default action would end
  // the process.
  struct sigaction ignore;
  memset(&ignore, 0, sizeof ignore);
  ignore.sa_handler = SIG_IGN;
  sigaction(number, &ignore, NULL);
  sigaction(number, &before, NULL);
  return atomic_load(&phase) == written ? runner_stack_taken : outcome;
}

runner_stack_outcome runner_thread_sample(
    int32_t thread, int64_t nanoseconds, runner_thread_stack *stack) {
  memset(stack, 0, sizeof *stack);
  stack->system_call = -1;
  int64_t deadline = now() + nanoseconds;
  struct timespec limit = {deadline / 1000000000, deadline % 1000000000};
  if (pthread_mutex_clocklock(&lock, CLOCK_MONOTONIC, &limit) != 0) return runner_stack_busy;
  runner_stack_outcome outcome = runner_stack_busy;
  int expected = written;
  atomic_compare_exchange_strong(&phase, &expected, idle);
  unsigned long arguments[6];
  long call = -1;
  int number = choose_signal(thread);
  // A handler's end, this one's too, may block signals for a moment.
  for (int tries = 0; number == 0 && tries < 3; tries++) {
    struct timespec moment = {0, 1000000};
    nanosleep(&moment, NULL);
    number = choose_signal(thread);
  }
  char state[8];
  if (read_proc(thread, "stat", state, sizeof state) <= 0) {
    outcome = runner_stack_no_thread;
  } else if (number >= 0 && atomic_load(&phase) == idle) {
    bool sleeps = is_asleep(thread);
    if (sleeps) call = system_call_of(thread, arguments);
    stack->system_call = (int32_t)call;
    if (sleeps && (call < 0 || !is_restarted(call, arguments)))
      outcome = runner_stack_in_system_call;
    else if (number == 0)
      outcome = runner_stack_no_answer;
    else
      outcome = ask(thread, number, deadline);
  }
  if (outcome == runner_stack_taken) {
    *stack = shared;
    stack->system_call = (int32_t)call;
    atomic_store(&phase, idle);
  }
  pthread_mutex_unlock(&lock);
  return outcome;
}

#else

void runner_stack_of_context(const void *context, runner_thread_stack *stack) {
  (void)context;
  memset(stack, 0, sizeof *stack);
  stack->system_call = -1;
}

runner_stack_outcome runner_thread_sample(
    int32_t thread, int64_t nanoseconds, runner_thread_stack *stack) {
  (void)thread, (void)nanoseconds;
  memset(stack, 0, sizeof *stack);
  stack->system_call = -1;
  return runner_stack_unsupported;
}

#endif

const char *runner_system_call_name(int32_t number) {
  switch (number) {
#define NAME(name) \
  case SYS_##name: return #name;
    NAME(read)
    NAME(write)
    NAME(readv)
    NAME(writev)
    NAME(pread64)
    NAME(pwrite64)
    NAME(openat)
    NAME(ioctl)
    NAME(fcntl)
    NAME(flock)
    NAME(fsync)
    NAME(fdatasync)
    NAME(futex)
    NAME(nanosleep)
    NAME(clock_nanosleep)
    NAME(ppoll)
    NAME(pselect6)
    NAME(epoll_pwait)
    NAME(epoll_pwait2)
    NAME(accept)
    NAME(accept4)
    NAME(connect)
    NAME(sendto)
    NAME(sendmsg)
    NAME(recvfrom)
    NAME(recvmsg)
    NAME(wait4)
    NAME(waitid)
    NAME(rt_sigtimedwait)
    NAME(rt_sigsuspend)
    NAME(semop)
    NAME(semtimedop)
    NAME(msgrcv)
    NAME(msgsnd)
    NAME(sched_yield)
#ifdef SYS_poll
    NAME(poll)
    NAME(select)
    NAME(open)
    NAME(pause)
    NAME(epoll_wait)
#endif
#undef NAME
    default: return NULL;
  }
}
