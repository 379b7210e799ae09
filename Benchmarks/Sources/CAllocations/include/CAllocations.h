#pragma once

#include <stddef.h>

/// The bytes that malloc has given out and not got back, of all threads.
size_t allocated_bytes(void);
