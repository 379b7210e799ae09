// The lines of one file's code, from its DWARF line table (versions 2 to 5). Private to this
// module.
#pragma once

#include "ElfFile.h"
#include "SymbolTable.h"

typedef struct line_table line_table;

/// Reads the line table of a file, or returns NULL when it has none that is understood.
line_table *line_table_open(const elf_file *file);

/// Finds the line of the first code in [address, end) that has one; addresses as the file has them.
bool line_table_find(line_table *table, uint64_t address, uint64_t end, runner_line *line);
