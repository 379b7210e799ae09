#include "CAllocations.h"

#include <malloc.h>
#include <stdio.h>
#include <unistd.h>

size_t allocated_bytes(void) {
  struct mallinfo2 state = mallinfo2();
  return state.uordblks + state.hblkhd;
}

size_t resident_bytes(void) {
  FILE *file = fopen("/proc/self/statm", "r");
  size_t size, resident = 0;
  if (file == NULL) return 0;
  if (fscanf(file, "%zu %zu", &size, &resident) != 2) resident = 0;
  fclose(file);
  return resident * (size_t)getpagesize();
}
