#pragma once

#include <stddef.h>

/// The bytes that malloc has given out and not got back, of all threads.
size_t allocated_bytes(void);

/// The bytes of the process that are in memory; 0 where the system does not tell.
size_t resident_bytes(void);
