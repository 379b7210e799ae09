#define _GNU_SOURCE
#include "CEditLine.h"
#include <errno.h>
#include <histedit.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct cedit {
  EditLine *line;
  HistoryW *history;
  FILE *input;
  FILE *nowhere;
  void *context;
  cedit_read_fn read;
  cedit_command_fn command;
};

static cedit *owner(EditLine *line) {
  void *data = NULL;
  el_wget(line, EL_CLIENTDATA, &data);
  return data;
}

static int read_character(EditLine *line, wchar_t *character) {
  cedit *editor = owner(line);
  int result = editor->read(editor->context, character);
  if (result < 0) errno = EINTR;
  return result;
}

static unsigned char run_command(EditLine *line, int key) {
  cedit *editor = owner(line);
  return (unsigned char)editor->command(editor->context, (wint_t)key, false);
}

static unsigned char run_vi_command(EditLine *line, int key) {
  cedit *editor = owner(line);
  return (unsigned char)editor->command(editor->context, (wint_t)key, true);
}

cedit *cedit_open(
  const char *program, int input, int output, void *context, cedit_read_fn read,
  cedit_command_fn command) {
  cedit *editor = calloc(1, sizeof *editor);
  if (!editor) return NULL;
  editor->context = context;
  editor->read = read;
  editor->command = command;
  int copy = dup(input);
  editor->input = copy < 0 ? NULL : fdopen(copy, "r");
  if (copy >= 0 && !editor->input) close(copy);
  editor->nowhere = fopen("/dev/null", "we");
  editor->history = history_winit();
  if (editor->input && editor->nowhere && editor->history)
    editor->line = el_init_fd(
      program, editor->input, editor->nowhere, editor->nowhere, input, output, STDERR_FILENO);
  if (!editor->line) {
    cedit_close(editor);
    return NULL;
  }
  el_wset(editor->line, EL_CLIENTDATA, editor);
  el_wset(editor->line, EL_SIGNAL, 0);
  el_wset(editor->line, EL_GETCFN, read_character);
  // libedit keeps both pointers: literals live for ever.
  el_wset(editor->line, EL_ADDFN, L"runner-key", L"A key of runner", run_command);
  el_wset(editor->line, EL_ADDFN, L"runner-vi", L"A key of runner in vi's command mode", run_vi_command);
  el_wset(editor->line, EL_HIST, history_w, editor->history);
  return editor;
}

void cedit_close(cedit *editor) {
  if (editor->line) el_end(editor->line);
  if (editor->history) history_wend(editor->history);
  if (editor->input) fclose(editor->input);
  if (editor->nowhere) fclose(editor->nowhere);
  free(editor);
}

const wchar_t *cedit_read_line(cedit *editor, int *count) { return el_wgets(editor->line, count); }

bool cedit_read_character(cedit *editor, wchar_t *character) {
  return el_wgetc(editor->line, character) == 1;
}

void cedit_push(cedit *editor, const wchar_t *text) { el_wpush(editor->line, text); }

void cedit_line(cedit *editor, const wchar_t **text, size_t *count, size_t *cursor) {
  const LineInfoW *info = el_wline(editor->line);
  *text = info->buffer;
  *count = (size_t)(info->lastchar - info->buffer);
  *cursor = (size_t)(info->cursor - info->buffer);
}

void cedit_insert(cedit *editor, const wchar_t *text) { el_winsertstr(editor->line, text); }
void cedit_delete_before(cedit *editor, int count) { el_deletestr(editor->line, count); }
void cedit_move(cedit *editor, int offset) { el_cursor(editor->line, offset); }

void cedit_clamp_cursor(cedit *editor) {
  const LineInfoW *info = el_wline(editor->line);
  if (info->cursor < info->buffer)
    el_cursor(editor->line, (int)(info->buffer - info->cursor));
  else if (info->cursor > info->lastchar)
    el_cursor(editor->line, -(int)(info->cursor - info->lastchar));
}

void cedit_refresh(cedit *editor) { el_wset(editor->line, EL_REFRESH, 0); }
void cedit_set_editing_mode(cedit *editor, bool on) {
  el_wset(editor->line, EL_PREP_TERM, on ? 1 : 0);
}

bool cedit_is_vi(cedit *editor) {
  const wchar_t *name = NULL;
  return el_wget(editor->line, EL_EDITOR, &name) == 0 && name && name[0] == L'v';
}

void cedit_use_vi(cedit *editor, bool vi) {
  el_wset(editor->line, EL_EDITOR, vi ? L"vi" : L"emacs");
}

void cedit_source_user_file(cedit *editor) { el_source(editor->line, NULL); }

char *cedit_run(cedit *editor, int count, const char *const *words) {
  char *text = NULL;
  size_t size = 0;
  FILE *stream = open_memstream(&text, &size);
  if (!stream) return NULL;
  // An unbound key is reported on the error stream.
  el_wset(editor->line, EL_SETFP, 1, stream);
  el_wset(editor->line, EL_SETFP, 2, stream);
  el_parse(editor->line, count, (const char **)words);
  el_wset(editor->line, EL_SETFP, 1, editor->nowhere);
  el_wset(editor->line, EL_SETFP, 2, editor->nowhere);
  fclose(stream);
  return text;
}

void cedit_own_key(cedit *editor, const char *key) {
  const char *insert[] = {"bind", key, "runner-key", NULL};
  el_parse(editor->line, 3, insert);
  if (!cedit_is_vi(editor)) return;
  const char *command[] = {"bind", "-a", key, "runner-vi", NULL};
  el_parse(editor->line, 4, command);
}

void cedit_history_limit(cedit *editor, int limit) {
  HistEventW event;
  history_w(editor->history, &event, H_SETSIZE, limit);
}

void cedit_history_enter(cedit *editor, const wchar_t *text) {
  HistEventW event;
  history_w(editor->history, &event, H_ENTER, text);
}

void cedit_history_remove(cedit *editor, const wchar_t *text) {
  HistEventW event;
  for (int found = history_w(editor->history, &event, H_FIRST); found != -1;
       found = history_w(editor->history, &event, H_NEXT)) {
    if (wcscmp(event.str, text) != 0) continue;
    if (history_w(editor->history, &event, H_DEL, event.num) != -1) free((void *)event.str);
    return;
  }
}
