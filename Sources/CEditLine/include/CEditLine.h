#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <wchar.h>

// ---- An editor: libedit without its painter ------------------------------------------------------
// Swift can call no variadic function, so every `el_wset` has a name here. One thread uses an editor.

typedef struct cedit cedit;

/// Gives the next character of input; 1 = one was stored, 0 = end of input, -1 = interrupted.
typedef int (*cedit_read_fn)(void *context, wchar_t *character);
/// Runs the command behind a key of ours, perhaps in vi's command mode; returns one of `cedit_result`.
typedef int (*cedit_command_fn)(void *context, wint_t key, bool in_command_mode);

enum cedit_result { CEDIT_NORMAL = 0, CEDIT_NEWLINE = 1, CEDIT_GOES_ON = 3, CEDIT_REFRESH = 4, CEDIT_CURSOR = 5, CEDIT_ERROR = 6, CEDIT_FATAL = 7 };

/// Makes an editor whose painter writes to /dev/null and whose signals are left to us; NULL on failure.
cedit *cedit_open(
  const char *program, int input, int output, void *context, cedit_read_fn read,
  cedit_command_fn command);
void cedit_close(cedit *editor);

/// Edits one line in raw mode; NULL for end of input, for interruption and for an accepted empty line.
const wchar_t *cedit_read_line(cedit *editor, int *count);
/// Reads a further character inside a command; false when there will be none.
bool cedit_read_character(cedit *editor, wchar_t *character);
/// Lets libedit see these characters before further input.
void cedit_push(cedit *editor, const wchar_t *text);

void cedit_line(cedit *editor, const wchar_t **text, size_t *count, size_t *cursor);
void cedit_insert(cedit *editor, const wchar_t *text);
/// Deletes this many characters in front of the cursor.
void cedit_delete_before(cedit *editor, int count);
void cedit_move(cedit *editor, int offset);
/// Clamps the cursor into the line: vi motions can leave it one below, where libedit reads and writes.
void cedit_clamp_cursor(cedit *editor);
/// Lets libedit's painter take notice of the line, without which a wrapping insert writes out of bounds.
void cedit_refresh(cedit *editor);
/// Puts the terminal into the editing mode, or back into the mode it was found in.
void cedit_set_editing_mode(cedit *editor, bool on);

bool cedit_is_vi(cedit *editor);
void cedit_use_vi(cedit *editor, bool vi);
/// Reads $EDITRC or ~/.editrc.
void cedit_source_user_file(cedit *editor);
/// Runs a builtin such as `bind` or `setty`; returns what it printed, to be freed, or NULL.
char *cedit_run(cedit *editor, int count, const char *const *words);
/// Binds a key (in `bind` notation) to the command function, also in vi's command mode.
void cedit_own_key(cedit *editor, const char *key);

void cedit_history_limit(cedit *editor, int limit);
void cedit_history_enter(cedit *editor, const wchar_t *text);
void cedit_history_remove(cedit *editor, const wchar_t *text);

// ---- Terminal ------------------------------------------------------------------------------------

bool cedit_window_size(int descriptor, int *columns, int *rows);
/// Takes the user's locale for LC_CTYPE, or a UTF-8 one when that is none.
void cedit_use_utf8_locale(void);
/// Columns of a character: 0, 1, 2, or -1 when it can't be printed.
int cedit_width(unsigned int scalar);
/// Whether the terminal is in its line mode, as a shell leaves it.
bool cedit_is_line_mode(int descriptor);
/// Switches the echo of a terminal on or off that this process has in the foreground; whether that changed it.
bool cedit_set_echo(int descriptor, bool on);
/// The keys that make signals in line mode; 0 = switched off.
void cedit_signal_keys(int descriptor, unsigned char *interrupt, unsigned char *quit, unsigned char *suspend);
bool cedit_pipe(int descriptors[2]);

// ---- Signals -------------------------------------------------------------------------------------

/// Makes a signal write its number to a descriptor; leaves an ignored signal ignored. 0 = done.
int cedit_signal_to_descriptor(int signal, int descriptor);
void cedit_signal_default(int signal);
/// Takes the signal's default action on the calling thread, then the old disposition again.
void cedit_raise_default(int signal);
/// Names a process that stops when SIGTSTP's default action stops this one, and goes on with it; 0 = none.
void cedit_stop_with(pid_t process);

/// Remembers the terminal's modes and restores them when the process crashes while armed. 0 = done.
int cedit_crash_guard_install(int descriptor);
void cedit_crash_guard_arm(bool on);
/// Whether a view has the alternate screen, which is to be left as well.
void cedit_crash_guard_full_screen(bool on);
/// Restores the remembered modes if armed; may be called from a signal handler.
void cedit_crash_guard_restore(void);
