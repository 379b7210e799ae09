#define _GNU_SOURCE
#include "CPseudoTerminal.h"
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

static void become(
  const char *terminal, const char *path, char *const arguments[], char *const environment[]) {
  // Test runners block or ignore signals.
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  for (int i = 1; i < 32; i++) signal(i, SIG_DFL);
  setsid();
  int slave = open(terminal, O_RDWR);
  if (slave < 0 || ioctl(slave, TIOCSCTTY, 0)) _exit(126);
  for (int i = 0; i < 3; i++) dup2(slave, i);
  if (slave > 2) close(slave);
  execve(path, arguments, environment);
  _exit(127);
}

pid_t cpty_spawn(
  const char *path, char *const arguments[], char *const environment[], int columns, int rows,
  int *master) {
  // Not forkpty: its master would leak into programs that other threads start meanwhile.
  char terminal[64];
  int opened = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
  if (opened < 0) return -1;
  pid_t pid = -1;
  if (!grantpt(opened) && !unlockpt(opened) && !ptsname_r(opened, terminal, sizeof terminal) &&
      cpty_resize(opened, columns, rows))
    pid = fork();
  if (pid == 0) become(terminal, path, arguments, environment);
  if (pid < 0)
    close(opened);
  else
    *master = opened;
  return pid;
}

bool cpty_resize(int master, int columns, int rows) {
  struct winsize size = {.ws_col = (unsigned short)columns, .ws_row = (unsigned short)rows};
  return ioctl(master, TIOCSWINSZ, &size) == 0;
}

bool cpty_collect(pid_t pid, int *status) {
  int word;
  pid_t found;
  while ((found = waitpid(pid, &word, WNOHANG)) < 0 && errno == EINTR) {
  }
  if (found != pid) return false;
  *status = WIFEXITED(word) ? WEXITSTATUS(word) : 128 + WTERMSIG(word);
  return true;
}

bool cpty_modes(int master, bool *canonical, bool *echo, bool *signals) {
  struct termios modes;
  if (tcgetattr(master, &modes)) return false;
  *canonical = modes.c_lflag & ICANON;
  *echo = modes.c_lflag & ECHO;
  *signals = modes.c_lflag & ISIG;
  return true;
}

static locale_t utf8;
static void make_locale(void) { utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0); }

int cpty_width(unsigned int scalar) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, make_locale);
  locale_t old = uselocale(utf8);
  int width = wcwidth((wchar_t)scalar);
  uselocale(old);
  return width;
}
