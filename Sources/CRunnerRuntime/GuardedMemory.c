#define _GNU_SOURCE
#include "GuardedMemory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static const size_t page = 4096;

// The kernel answers a write from memory that is not there with EFAULT. A pipe of its own for each
// read keeps this free of state, so that a signal handler may do it too.
static size_t read_by_pipe(uintptr_t address, char *buffer, size_t size) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) return 0;
  size_t done = 0;
  while (done < size) {
    size_t part = page - (address + done) % page;
    if (part > size - done) part = size - done;
    ssize_t written = write(ends[1], (const void *)(address + done), part);
    if (written <= 0) break;
    if (read(ends[0], buffer + done, (size_t)written) != written) break;
    done += (size_t)written;
  }
  close(ends[0]);
  close(ends[1]);
  return done;
}

static size_t read_by_kernel(uintptr_t address, char *buffer, size_t size) {
  static atomic_bool forbidden;
  if (!atomic_load_explicit(&forbidden, memory_order_relaxed)) {
    // One element a page: the kernel reports what it copied of whole elements before a hole.
    struct iovec local = {buffer, size};
    struct iovec remote[17];
    size_t parts = 0, covered = 0;
    while (covered < size && parts < sizeof remote / sizeof *remote) {
      size_t part = page - (address + covered) % page;
      if (part > size - covered) part = size - covered;
      remote[parts++] = (struct iovec){(void *)(address + covered), part};
      covered += part;
    }
    local.iov_len = covered;
    long got = syscall(SYS_process_vm_readv, getpid(), &local, 1L, remote, (long)parts, 0L);
    if (got >= 0) {
      if ((size_t)got < covered || covered == size) return (size_t)got;
      return covered + read_by_kernel(address + covered, buffer + covered, size - covered);
    }
    if (errno != EPERM && errno != ENOSYS) return 0;
    atomic_store_explicit(&forbidden, true, memory_order_relaxed);
  }
  return read_by_pipe(address, buffer, size);
}

size_t runner_memory_read_some(
    runner_memory memory, uintptr_t address, void *buffer, size_t size) {
  if (memory == runner_memory_direct) {
    memcpy(buffer, (const void *)address, size);
    return size;
  }
  if (address == 0 || address + size < address) return 0;
  int saved = errno;
  size_t count = memory == runner_memory_guarded ? read_by_kernel(address, buffer, size)
                                                 : read_by_pipe(address, buffer, size);
  errno = saved;
  return count;
}

bool runner_memory_read(runner_memory memory, uintptr_t address, void *buffer, size_t size) {
  return runner_memory_read_some(memory, address, buffer, size) == size;
}

size_t runner_memory_read_text(runner_memory memory, uintptr_t address, char *buffer, size_t size) {
  if (memory == runner_memory_direct) {
    size_t length = strnlen((const char *)address, size);
    memcpy(buffer, (const void *)address, length);
    return length;
  }
  size_t count = runner_memory_read_some(memory, address, buffer, size);
  return strnlen(buffer, count);
}
