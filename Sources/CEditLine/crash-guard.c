#define _GNU_SOURCE
#include "CEditLine.h"
#include <signal.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

// Gives the terminal back when the process dies while it edits a line or shows a view.
//
// What is needed for that is put aside beforehand, because a handler of a fatal signal may do next to
// nothing: the heap and every lock may be broken. It only reads flags, calls `write` once with a constant,
// and `tcsetattr`; POSIX lists both as safe there. `armed` is cleared first, so that a second crash in
// here, or a signal that another thread passes on at the same time, does it no second time.
//
// Then the signal goes to whoever handled it before, such as Swift's backtraces, or takes its default
// action: the handler puts the old disposition back and returns, so that the faulting instruction faults
// again with all registers as they were. What a process sent, as `abort` and `kill` do, does not come again
// by itself, and is raised.
// It runs on an alternate stack where there is one, so that it also works when the stack has overflowed.

static struct termios modes;
static int guarded = -1;
static volatile sig_atomic_t armed;
static volatile sig_atomic_t full_screen;
enum { SIGNALS = 65 };
static struct sigaction previous[SIGNALS];

void cedit_crash_guard_restore(void) {
  // No style, no bracketed paste, a visible cursor; the screen that was there before a view; a fresh line.
  static const char of_view[] = "\033[0m\033[?2004l\033[?25h\033[?1049l\r\n";
  static const char of_line[] = "\033[?2004l\033[?25h\033[0m\r\n";
  if (!armed) return;
  armed = 0;
  ssize_t written = full_screen ? write(guarded, of_view, sizeof of_view - 1)
                                : write(guarded, of_line, sizeof of_line - 1);
  (void)written;
  tcsetattr(guarded, TCSANOW, &modes);
}

static void crash(int signal, siginfo_t *info, void *context) {
  (void)context;
  cedit_crash_guard_restore();
  // Whoever was here before goes on: returning runs the faulting instruction again.
  sigaction(signal, &previous[signal], NULL);
  if (info->si_code <= 0) raise(signal);
}

int cedit_crash_guard_install(int descriptor) {
  if (tcgetattr(descriptor, &modes)) return -1;
  int first = guarded < 0;
  guarded = descriptor;
  const int signals[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT};
  for (size_t i = 0; first && i < sizeof signals / sizeof *signals; i++) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_sigaction = crash;
    action.sa_flags = SA_SIGINFO | SA_NODEFER | SA_ONSTACK;
    sigaction(signals[i], &action, &previous[signals[i]]);
  }
  return 0;
}

void cedit_crash_guard_arm(bool on) { armed = on && guarded >= 0; }

void cedit_crash_guard_full_screen(bool on) { full_screen = on; }
