#define _GNU_SOURCE
#include "CEditLine.h"
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
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

static atomic_int companion;

void cedit_stop_with(pid_t process) { atomic_store(&companion, process); }

// As the terminal's own Ctrl-Z, for the whole group: a `make` that started this process has to stop as well, or the
// shell above it never gets the terminal back. This process ignores that one and stops itself afterwards, so that
// it has stopped, and goes on, when the call returns.
static void stop_with_group(void) {
  pid_t process = atomic_load(&companion);
  if (process > 0) kill(process, SIGSTOP);
  signal(SIGTSTP, SIG_IGN);
  kill(0, SIGTSTP);
  signal(SIGTSTP, SIG_DFL);
  raise(SIGTSTP);
  if (process > 0) kill(process, SIGCONT);
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
    stop_with_group();
  } else {
    raise(signal);  // to this thread, so it has happened on return; death is the process's
  }
  pthread_sigmask(SIG_SETMASK, &mask, NULL);
  sigaction(signal, &old, NULL);
}
