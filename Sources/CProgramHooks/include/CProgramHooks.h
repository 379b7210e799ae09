// The C library's exit, fputs and fwrite, as a program that runs other people's code wants them.
#pragma once

/// Lets what is written to standard error with `fputs` say of a cell what a person calls it: `cell-3:1` for
/// `Cell3/cell-3:1`, and `cell 3` or `a cell` for the functions that a cell has become.
void program_hooks_tidy_messages(void);

/// Writes what stands in standard output without the end of its line, 50 ms after it was printed; never returns.
void program_hooks_show_partial_lines(void);
