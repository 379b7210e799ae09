#define _GNU_SOURCE
#include "ThreadStack.h"

#include <errno.h>
#include <link.h>
#include <linux/futex.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

#include "GuardedMemory.h"
#include "StackWalk.h"
#include "ThreadState.h"

#if defined(__x86_64__) && defined(__linux__)

// The sampled thread writes into static memory, never into the asker's: an asker that has given up
// is gone, and the signal may come late. `phase` says whose the memory is:
//   idle → armed (asker) → writing (handler) → written (handler) → idle (asker).
// An asker that gives up moves armed → idle; then a late handler finds nothing to do. When it finds
// `writing`, the memory stays the handler's until it is done.
enum { idle, armed, writing, written };
static atomic_int phase;
static atomic_int wanted_thread;
// How many handlers have not returned yet. A thread that waits for a processor inside of one is not asked
// again: one handler would pile upon the other until the stack is full.
static atomic_int handlers;
static runner_thread_stack shared;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

// Where code lies, noted before the thread is asked: its handler must not ask the loader.
enum { code_range_limit = 512 };
static struct code_range {
  uintptr_t start, end;
  // Whether its functions keep the frame pointer: the C library's do not.
  bool keeps_frames;
} code_ranges[code_range_limit];
static size_t code_range_count;

static bool keeps_frames(const char *path) {
  static const char *const others[] = {"libc.", "libc-", "ld-linux", "libpthread", "libm.",
                                       "linux-vdso", "libdispatch"};
  const char *slash = strrchr(path, '/');
  const char *name = slash ? slash + 1 : path;
  for (size_t index = 0; index < sizeof others / sizeof *others; index++)
    if (strncmp(name, others[index], strlen(others[index])) == 0) return false;
  return true;
}

static int note_code(struct dl_phdr_info *info, size_t size, void *context) {
  (void)size, (void)context;
  for (size_t index = 0; index < info->dlpi_phnum; index++) {
    const ElfW(Phdr) *header = &info->dlpi_phdr[index];
    if (header->p_type != PT_LOAD || !(header->p_flags & PF_X)) continue;
    if (code_range_count >= code_range_limit) return 1;
    uintptr_t start = info->dlpi_addr + header->p_vaddr;
    code_ranges[code_range_count++] = (struct code_range){
        start, start + header->p_memsz, keeps_frames(info->dlpi_name)};
  }
  return 0;
}

static void wake_asker(void) {
  syscall(SYS_futex, &phase, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
}

static bool read_words(uintptr_t address, uintptr_t *words, size_t count) {
  return runner_memory_read(runner_memory_guarded, address, words, count * sizeof *words);
}

static const struct code_range *code_around(uintptr_t address) {
  for (size_t index = 0; index < code_range_count; index++)
    if (address >= code_ranges[index].start && address < code_ranges[index].end)
      return &code_ranges[index];
  return NULL;
}

static bool is_code(uintptr_t address) { return code_around(address) != NULL; }

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

// MARK: Frames

// In the saved frame pointer of an async function, bit 60 may be set.
static const uintptr_t async_mark = (uintptr_t)1 << 60;
static const uintptr_t longest_frame = 64 << 20;

// Whether a frame pointer leads to one more frame, or to none because it is the last.
static bool is_frame(uintptr_t frame, uintptr_t *caller) {
  uintptr_t words[2];  // the saved frame pointer, the return address
  if (frame == 0 || frame % sizeof frame != 0 || !read_words(frame, words, 2)) return false;
  *caller = words[0] & ~async_mark;
  return is_code(words[1]) &&
         (*caller == 0 || (*caller > frame && *caller - frame < longest_frame));
}

// Whether a call that leads out of its file comes before an address.
static bool follows_call_of_library(uintptr_t address) {
  unsigned char code[7];
  if (!runner_memory_read(runner_memory_guarded, address - sizeof code, code, sizeof code))
    return false;
  if (code[2] == 0xe8) {
    int32_t distance;
    memcpy(&distance, code + 3, sizeof distance);
    unsigned char stub[16];
    if (!runner_memory_read(
            runner_memory_guarded, address + (intptr_t)distance, stub, sizeof stub))
      return false;
    // What lies between two files: `endbr64`, `bnd`, and a jump through a table.
    static const unsigned char landing[] = {0xf3, 0x0f, 0x1e, 0xfa};
    const unsigned char *at = stub;
    if (memcmp(at, landing, sizeof landing) == 0) at += sizeof landing;
    if (*at == 0xf2) at++;
    return at[0] == 0xff && at[1] == 0x25;
  }
  return code[1] == 0xff && code[2] == 0x15;
}

// Finds who called a function that keeps no frame pointer: the first place on the stack that a call
// of a library's returns to. `sp` becomes the address above it.
static uintptr_t caller_without_frame(uintptr_t *sp) {
  enum { word_limit = 48 };
  uintptr_t words[word_limit];
  size_t size = runner_memory_read_some(runner_memory_guarded, *sp, words, sizeof words);
  for (size_t index = 0; index < size / sizeof *words; index++) {
    const struct code_range *code = code_around(words[index]);
    if (code && code->keeps_frames && follows_call_of_library(words[index])) {
      *sp += (index + 1) * sizeof *words;
      return words[index];
    }
  }
  return 0;
}

// Finds who called a function that has no frame of its own yet or any more: one that is caught in its
// first or last instruction, or in the jump between two files.
static uintptr_t caller_at_border(uintptr_t pc, uintptr_t sp) {
  static const struct {
    unsigned char size, bytes[6];
    uintptr_t pushed;
  } borders[] = {
      {1, {0x55}, 0},                    // push %rbp
      {4, {0x55, 0x48, 0x89, 0xe5}, 8},  // mov %rsp, %rbp after it; the first byte is behind
      {1, {0xc3}, 0},                    // ret
      {2, {0xff, 0x25}, 0},              // jmp *…
      {3, {0xf2, 0xff, 0x25}, 0},
      {4, {0xf3, 0x0f, 0x1e, 0xfa}, 0},  // endbr64
  };
  unsigned char code[8];
  if (!runner_memory_read(runner_memory_guarded, pc - 1, code, sizeof code)) return 0;
  for (size_t index = 0; index < sizeof borders / sizeof *borders; index++) {
    const unsigned char *at = borders[index].pushed ? code : code + 1;
    if (memcmp(at, borders[index].bytes, borders[index].size) != 0) continue;
    uintptr_t caller;
    if (read_words(sp + borders[index].pushed, &caller, 1) && is_code(caller)) return caller;
  }
  return 0;
}

// Finds the next frame above a place on the stack: one that leads to another.
static uintptr_t frame_above(uintptr_t sp) {
  enum { word_limit = 128, part_limit = 16 };
  for (int part = 0; part < part_limit; part++, sp += word_limit * sizeof sp) {
    uintptr_t words[word_limit];
    size_t size = runner_memory_read_some(runner_memory_guarded, sp, words, sizeof words);
    for (size_t index = 0; index + 1 < size / sizeof *words; index++) {
      uintptr_t frame = sp + index * sizeof *words, caller, next;
      uintptr_t saved = words[index] & ~async_mark;
      if (saved > frame && saved - frame < longest_frame && is_code(words[index + 1]) &&
          is_frame(frame, &caller) && is_frame(caller, &next))
        return frame;
    }
    if (size < sizeof words) return 0;
  }
  return 0;
}

static void add_address(uintptr_t address, runner_thread_stack *stack) {
  stack->addresses[stack->count++] = address;
}

// Walks a stack up from `pc`; `frame` is 0 where it is not known. A Swift async function keeps its
// context in the word below the saved frame pointer.
static void walk_stack(
    uintptr_t pc, uintptr_t sp, uintptr_t frame, runner_thread_stack *stack) {
  frame &= ~async_mark;
  add_address(pc, stack);
  const struct code_range *code = code_around(pc);
  uintptr_t next;
  if (code && code->keeps_frames) {
    uintptr_t caller = caller_at_border(pc, sp);
    if (caller != 0) add_address(caller, stack);
  } else if (code) {
    uintptr_t caller = caller_without_frame(&sp);
    if (caller != 0) add_address(caller, stack);
    // The function may have used the register for something else.
    if (caller != 0 && (frame < sp || !is_frame(frame, &next))) frame = frame_above(sp);
  }
  while (stack->count < runner_stack_limit && frame != 0 && frame % sizeof frame == 0) {
    uintptr_t words[3];  // what may be a context, the saved frame pointer, the return address
    if (!read_words(frame - sizeof frame, words, 3)) {
      // The word below the frame lies behind the end of a stack that is full.
      words[0] = 0;
      if (!read_words(frame, words + 1, 2)) return;
    }
    walk_contexts(words[0], stack->count - 1, stack);
    if (!is_code(words[2])) return;
    add_address(words[2], stack);
    uintptr_t caller = words[1] & ~async_mark;
    if (caller <= frame || caller - frame > longest_frame) return;
    frame = caller;
  }
}

static void walk(const ucontext_t *registers, runner_thread_stack *stack) {
  const greg_t *values = registers->uc_mcontext.gregs;
  walk_stack(
      (uintptr_t)values[REG_RIP], (uintptr_t)values[REG_RSP], (uintptr_t)values[REG_RBP], stack);
  // The context of the async function that runs is in r14 until something else needs it.
  walk_contexts((uintptr_t)values[REG_R14], runner_chain_of_register, stack);
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
  atomic_fetch_add(&handlers, 1);
  int expected = armed;
  if (syscall(SYS_gettid) == atomic_load(&wanted_thread) &&
      atomic_compare_exchange_strong(&phase, &expected, writing)) {
    walk(context, &shared);
    atomic_store(&phase, written);
    wake_asker();
  }
  atomic_fetch_sub(&handlers, 1);
  errno = saved;
}

// Walks the stack of a thread that sleeps, without disturbing it; false when it woke meanwhile.
static bool look_at_sleeper(
    int32_t thread, const runner_thread_call *call, runner_thread_stack *stack) {
  if (call->number < 0) return false;
  code_range_count = 0;
  dl_iterate_phdr(note_code, NULL);
  walk_stack(call->words[7], call->words[6], 0, stack);
  runner_thread_call after = runner_thread_read_call(thread);
  if (stack->count > 1 && memcmp(call, &after, sizeof after) == 0) return true;
  memset(stack, 0, sizeof *stack);
  return false;
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
  uint64_t blocked = runner_thread_blocked_signals(thread);
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
  // No further one before this one has returned; but for what the code itself brings upon it.
  static const int faults[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGSYS, SIGABRT};
  sigfillset(&action.sa_mask);
  for (size_t index = 0; index < sizeof faults / sizeof *faults; index++)
    sigdelset(&action.sa_mask, faults[index]);
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
  int number = choose_signal(thread);
  // A handler, this one too, may block signals for a moment.
  for (int tries = 0;
       number == 0 && now() < deadline && (tries < 3 || atomic_load(&handlers) > 0); tries++) {
    struct timespec moment = {0, 1000000};
    nanosleep(&moment, NULL);
    number = choose_signal(thread);
  }
  runner_thread_call call = {.number = -1};
  if (!runner_thread_exists(thread)) {
    outcome = runner_stack_no_thread;
  } else if (atomic_load(&phase) == idle) {
    bool sleeps = runner_thread_is_asleep(thread);
    if (sleeps) call = runner_thread_read_call(thread);
    bool is_safe = !sleeps || (call.number >= 0 && runner_call_is_restarted(&call));
    if (is_safe && number > 0) {
      outcome = ask(thread, number, deadline);
      if (outcome == runner_stack_taken) {
        *stack = shared;
        atomic_store(&phase, idle);
      }
    } else if (sleeps && look_at_sleeper(thread, &call, stack)) {
      outcome = runner_stack_taken;
    } else if (number >= 0) {
      outcome = is_safe ? runner_stack_no_answer : runner_stack_in_system_call;
    }
  }
  stack->system_call = (int32_t)call.number;
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
