#include "CAllocations.h"

#include <malloc.h>

size_t allocated_bytes(void) {
  struct mallinfo2 state = mallinfo2();
  return state.uordblks + state.hblkhd;
}
