#include "CRunnerRuntime.h"
