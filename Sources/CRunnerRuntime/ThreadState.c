#define _GNU_SOURCE
#include "ThreadState.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

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

bool runner_call_is_restarted(const runner_thread_call *call) {
  switch (call->number) {
    case SYS_read:
    case SYS_write:
    case SYS_readv:
    case SYS_writev:
    case SYS_pread64:
    case SYS_pwrite64:
    case SYS_openat:
    case SYS_wait4:
    case SYS_waitid:
    case SYS_flock:
    case SYS_fcntl:
    case SYS_fsync:
    case SYS_fdatasync:
    case SYS_sched_yield: return true;
#ifdef SYS_open
    case SYS_open: return true;
#endif
    case SYS_futex:
      // Without a limit.
      return call->words[3] == 0;
    default: return false;
  }
}

runner_thread_call runner_thread_read_call(int32_t thread) {
  runner_thread_call call;
  memset(&call, 0, sizeof call);
  call.number = -1;
  char text[256];
  if (read_proc(thread, "syscall", text, sizeof text) <= 0) return call;
  char *at = text;
  char *end;
  long number = strtol(at, &end, 10);
  if (end == at || number < 0) return call;
  at = end;
  for (int index = 0; index < 8; index++) {
    call.words[index] = strtoul(at, &end, 16);
    if (end == at) return call;
    at = end;
  }
  call.number = number;
  return call;
}

bool runner_thread_is_reading(int32_t thread, int32_t descriptor) {
  runner_thread_call call = runner_thread_read_call(thread);
  return call.number == SYS_read && (int32_t)call.words[0] == descriptor;
}

bool runner_thread_exists(int32_t thread) {
  char text[64];
  return read_proc(thread, "stat", text, sizeof text) > 0;
}

bool runner_thread_is_asleep(int32_t thread) {
  char text[512];
  if (read_proc(thread, "stat", text, sizeof text) <= 0) return false;
  // The name, in parentheses, may hold anything.
  const char *after = strrchr(text, ')');
  return after && after[1] == ' ' && (after[2] == 'S' || after[2] == 'D' || after[2] == 'T');
}

uint64_t runner_thread_blocked_signals(int32_t thread) {
  char text[4096];
  if (read_proc(thread, "status", text, sizeof text) <= 0) return 0;
  const char *line = strstr(text, "\nSigBlk:");
  return line ? strtoull(line + 8, NULL, 16) : 0;
}

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
