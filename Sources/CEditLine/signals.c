#define _GNU_SOURCE
#include "CEditLine.h"
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

enum { SIGNALS = 65 };

static volatile int descriptors[SIGNALS];

static void forward(int signal) {
  int saved = errno;
  unsigned char number = (unsigned char)signal;
  ssize_t written = write(descriptors[signal], &number, 1);
  (void)written;
  errno = saved;
}

int cedit_signal_to_descriptor(int signal, int descriptor) {
  if (signal < 1 || signal >= SIGNALS) return -1;
  struct sigaction old;
  if (sigaction(signal, NULL, &old)) return -1;
  if (old.sa_handler == SIG_IGN) return 0;  // as nohup and shells without job control ask
  descriptors[signal] = descriptor;
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = forward;
  action.sa_flags = SA_RESTART;
  sigfillset(&action.sa_mask);
  return sigaction(signal, &action, NULL);
}

void cedit_signal_default(int signal) {
  struct sigaction old;
  if (sigaction(signal, NULL, &old) || old.sa_handler != forward) return;
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = SIG_DFL;
  sigaction(signal, &action, NULL);
}

void cedit_raise_default(int signal) {
  struct sigaction old, action;
  if (sigaction(signal, NULL, &old) || old.sa_handler == SIG_IGN) return;
  memset(&action, 0, sizeof action);
  action.sa_handler = SIG_DFL;
  sigset_t one, mask;
  sigemptyset(&one);
  sigaddset(&one, signal);
  sigaction(signal, &action, NULL);
  pthread_sigmask(SIG_UNBLOCK, &one, &mask);
  if (signal == SIGTSTP) {
    // As the terminal's own Ctrl-Z: a `make` that started this process has to stop as well, or the
    // shell above it never gets the terminal back.
    kill(0, signal);
  } else {
    raise(signal);  // to this thread, so it has happened on return; death is the process's
  }
  pthread_sigmask(SIG_SETMASK, &mask, NULL);
  sigaction(signal, &old, NULL);
}

static struct termios modes;
static int guarded = -1;
static volatile sig_atomic_t armed;
static struct sigaction previous[SIGNALS];

void cedit_crash_guard_restore(void) {
  // No bracketed paste, a visible cursor, no style, a fresh line.
  static const char reset[] = "\033[?2004l\033[?25h\033[0m\r\n";
  if (!armed) return;
  armed = 0;
  ssize_t written = write(guarded, reset, sizeof reset - 1);
  (void)written;
  tcsetattr(guarded, TCSANOW, &modes);
}

static void crash(int signal) {
  cedit_crash_guard_restore();
  // Whoever was here before goes on: returning runs the faulting instruction again.
  sigaction(signal, &previous[signal], NULL);
  if (signal == SIGABRT) raise(signal);
}

int cedit_crash_guard_install(int descriptor) {
  if (tcgetattr(descriptor, &modes)) return -1;
  int first = guarded < 0;
  guarded = descriptor;
  const int signals[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT};
  for (size_t i = 0; first && i < sizeof signals / sizeof *signals; i++) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = crash;
    action.sa_flags = SA_NODEFER | SA_ONSTACK;
    sigaction(signals[i], &action, &previous[signals[i]]);
  }
  return 0;
}

void cedit_crash_guard_arm(bool on) { armed = on && guarded >= 0; }
