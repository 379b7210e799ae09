// The stack of a thread that stands still, from its registers.
#pragma once

#include "ThreadStack.h"

/// Reads the stack of the thread whose registers `context`, an `ucontext_t`, holds.
///
/// The thread must not run meanwhile. It may be called from any other thread; one call at a time.
void runner_stack_of_context(const void *_Nonnull context, runner_thread_stack *_Nonnull stack);
