#pragma once
#include <stdbool.h>
#include <sys/types.h>

// Swift can't fork: fork and exec happen here, with async-signal-safe calls only in the child.

/// Starts a program on a new pseudo terminal with default signals; returns its pid, or -1.
pid_t cpty_spawn(
  const char *path, char *const arguments[], char *const environment[], int columns, int rows,
  int *master);
bool cpty_resize(int master, int columns, int rows);
/// Collects an ended child: true when it was there; status is the exit code, or 128 + signal.
bool cpty_collect(pid_t pid, int *status);
/// The line discipline's modes as the child has left them.
bool cpty_modes(int master, bool *canonical, bool *echo, bool *signals);
/// Columns of a character, by the C library's UTF-8 tables.
int cpty_width(unsigned int scalar);
