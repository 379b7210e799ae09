/// What the keys do while a line is edited; `help keys` and the manual page tell it.
package enum EditorKeys {
  /// The word after `help`.
  package static let topic = "keys"

  package static let entries: [(keys: String, meaning: String)] = [
    ("Return", "Runs the input; unfinished: a new line here."),
    ("Alt-Return", "Begins another line here in any case."),
    ("Tab, Shift-Tab", "Completes; then the next, the previous choice."),
    ("Right, End, Ctrl-F, Ctrl-E", "At the end: takes the grey rest of an old input."),
    ("Alt-F, Alt-Right", "Takes a word of it; else goes a word to the right."),
    ("Up, Down, Ctrl-P, Ctrl-N", "A line up, down; then older, newer inputs."),
    ("Ctrl-R, Ctrl-S", "Searches the inputs; again: further back, on."),
    ("Ctrl-A, Home", "Goes to the beginning of the line."),
    ("Ctrl-E, End", "Goes to the end of the line."),
    ("Alt-<, Alt->", "Goes to the beginning, the end of the input."),
    ("Alt-B, Alt-Left", "Goes a word to the left."),
    ("Ctrl-U, Ctrl-K", "Cuts to the line's beginning, end; then its break."),
    ("Ctrl-W", "Cuts the word before the cursor."),
    ("Ctrl-Y", "Puts in what was cut last."),
    ("Alt-.", "Puts in an older input's last word; again: on."),
    ("Ctrl-_", "Undoes the last change."),
    ("Ctrl-L", "Clears the screen; the input stays."),
    ("Ctrl-C", "Drops the input; cancels what runs."),
    ("Ctrl-D", "Leaves; in a line: deletes a character."),
    ("Ctrl-Z", "Stops the program; the shell's 'fg' goes on."),
  ]

  /// Where the person's own keys come from.
  package static let remark =
    "These are emacs's keys; ~/.editrc chooses vi's, or your own, as editrc(5) says. "
    + "vi's commands act on the cursor's line, and j and k go through the lines first; "
    + "w, b, e, f, t and % may leave the line, G, J, K, n and N the input."
}
