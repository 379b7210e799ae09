// What an async function of Swift's is to C: how it is called, and what is known of it elsewhere.
#pragma once

#include <stdint.h>

#define ASYNC __attribute__((swiftasynccall))
#define CONTEXT __attribute__((swift_async_context))
#define SELF __attribute__((swift_context))
// A sanitizer adds nothing: these functions end by calling another one in their own place.
#define UNSANITIZED __attribute__((disable_sanitizer_instrumentation))

typedef struct async_context async_context;

// Where an async function goes on, with what it returns to.
typedef ASYNC void (*resumption)(CONTEXT async_context *, SELF void *error);

// How every context begins.
struct async_context {
  async_context *parent;
  resumption resume;
};

typedef struct executor {
  uintptr_t identity, kind;
} executor;

// Sends the current task to an executor, which goes on there.
extern ASYNC void swift_task_switch(CONTEXT async_context *, resumption, executor);

// What an async function as a value points to: where it is, and the size of its context.
typedef struct async_function {
  int32_t offset;
  uint32_t context_size;
} async_function;

// Defines that for a function of this file, under the name by which Swift finds it; `visibility` is a directive.
#define ASYNC_FUNCTION(name, size, visibility) \
  __asm__( \
      ".globl " #name "Tu\n" visibility ".section .rodata." #name "Tu,\"a\",@progbits\n" \
      ".p2align 3\n" \
      ".type " #name "Tu,@object\n" #name "Tu:\n" \
      ".long " #name "-" #name "Tu\n" \
      ".long " #size "\n" \
      ".size " #name "Tu,8\n" \
      ".text\n")
