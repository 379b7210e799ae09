#define _GNU_SOURCE
#include "CEditLine.h"
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

bool cedit_window_size(int descriptor, int *columns, int *rows) {
  struct winsize size;
  if (ioctl(descriptor, TIOCGWINSZ, &size) || !size.ws_col || !size.ws_row) return false;
  *columns = size.ws_col;
  *rows = size.ws_row;
  return true;
}

void cedit_use_utf8_locale(void) {
  if (setlocale(LC_CTYPE, "") && !strcmp(nl_langinfo(CODESET), "UTF-8")) return;
  const char *others[] = {"C.UTF-8", "C.utf8", "en_US.UTF-8"};
  for (size_t i = 0; i < sizeof others / sizeof *others; i++)
    if (setlocale(LC_CTYPE, others[i])) return;
}

int cedit_width(unsigned int scalar) { return wcwidth((wchar_t)scalar); }

bool cedit_is_line_mode(int descriptor) {
  struct termios modes;
  return tcgetattr(descriptor, &modes) == 0 && (modes.c_lflag & ICANON);
}

bool cedit_set_echo(int descriptor, bool on) {
  struct termios modes;
  if (tcgetattr(descriptor, &modes) || on == !!(modes.c_lflag & ECHO)) return false;
  // From the background it would stop the process.
  if (tcgetpgrp(descriptor) != getpgrp()) return false;
  modes.c_lflag ^= ECHO;
  return tcsetattr(descriptor, TCSANOW, &modes) == 0;
}

static unsigned char key(const struct termios *modes, int index) {
  return modes->c_cc[index] == _POSIX_VDISABLE ? 0 : modes->c_cc[index];
}

void cedit_signal_keys(
  int descriptor, unsigned char *interrupt, unsigned char *quit, unsigned char *suspend) {
  struct termios modes;
  if (tcgetattr(descriptor, &modes)) return;
  *interrupt = key(&modes, VINTR);
  *quit = key(&modes, VQUIT);
  *suspend = key(&modes, VSUSP);
}

bool cedit_pipe(int descriptors[2]) { return pipe2(descriptors, O_NONBLOCK | O_CLOEXEC) == 0; }
