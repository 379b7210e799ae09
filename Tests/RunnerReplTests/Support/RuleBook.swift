/// The rules of the terminal that are shown on the page, in their order.
struct RuleBook {
  struct Rule {
    var number: Int
    var sentence: String
  }

  struct Group {
    var title: String
    var rules: [Rule]

    /// Rules that are numbered one after the other.
    init(_ title: String, from first: Int, without missing: Set<Int> = [], _ sentences: [String]) {
      self.title = title
      let numbers = (first...).lazy.filter { !missing.contains($0) }
      rules = zip(numbers, sentences).map { Rule(number: $0, sentence: $1) }
    }
  }

  static let groups = [
    Group(
      "Editing and input", from: 1,
      [
        "A pasted function of 30 lines is executed once, in order, with nothing lost or doubled, whether the "
          + "terminal marks pastes or not. A paste of 100 KB takes under 2 s.",
        "Incomplete input shows a continuation prompt; Ctrl-C always escapes it.",
        "Ctrl-C on a half-typed line clears it and gives a new prompt.",
        "Ctrl-C on an empty prompt never exits; it hints once how to.",
        "Ctrl-D on an empty line closes the runners, reports in one line and exits with 0; within a line it "
          + "does not exit.",
        "Ctrl-Z, then `fg`: the terminal's mode, the prompt and the half-typed line are back.",
        "Up recalls a cell of several lines as one entry, which can be edited, or run unchanged.",
        "The history persists, for its owner only, in the XDG state directory: without duplicates, bounded, "
          + "safe with two sessions at once; lines that begin with a space stay out.",
        "Ctrl-R searches.",
        "UTF-8 with combining marks, CJK and emoji: the cursor is right at every column.",
        "A resize in the middle of a wrapped line redraws it cleanly.",
        "Tab completes commands, flags, files, runners and tasks with their state, and Swift's names and "
          + "members; it never blocks for more than 100 ms.",
        "`~/.editrc` and vi mode are honoured.",
      ]),
    Group(
      "Evaluation", from: 14,
      [
        "Top-level `await`, `try await`, `for await` and `async let` work; value and type are printed.",
        "Background tasks keep running while the prompt is idle, on a started runner.",
        "A context variable that is set in one cell is visible in the next and in tasks that are made "
          + "later; tasks get a copy.",
        "Output of background tasks appears above the prompt; the half-typed line and its cursor "
          + "survive 1,000 lines of it.",
        "Output without a newline does not swallow the prompt.",
        "Ctrl-C during an await cancels only that cell, within 100 ms; at most 3 lines are printed, "
          + "no internals; background tasks survive.",
        "Ctrl-C during `while true {}` gives the prompt back within 1 s, and says what was lost.",
        "Whatever a cell dies of, the session survives with its history and settings, shows the "
          + "person's own file and line, says what was lost and offers to replay. It never replays by "
          + "itself.",
        "A cell is executed exactly once.",
        "A compile error shows a caret under the person's text with its line number and no generated "
          + "names; nothing has changed.",
        "A runtime error shows its type, its message and the person's functions first.",
        "A variable, a function or a type may be declared again.",
        "`_` is the last value; `:type` tells a type, and `:vars` lists the variables.",
        "A cell's output is flushed before its result.",
        "A cell that reads its standard input gets the terminal.",
      ]),
    Group(
      "Inspector", from: 29,
      [
        "Every listing has a stable order, a header, and a count that is true under filters.",
        "The tool's own tasks are hidden; `--all` shows them.",
        "`where` of a running, a suspended, a finished and an unknown task: four distinct right answers.",
        "`cancel` of a task that swallows it returns within its limit and says so; status 4 in a batch.",
        "10,000 tasks: `ps` takes under 200 ms, and is bounded by default with the count of the rest.",
        "A cycle is drawn, named, and explained by `why`; status 5 in a batch.",
        "While a loop is blocked in synchronous code `ps`, `loop` and `where` still answer within 1 s, and say "
          + "what blocks it.",
      ]),
    Group(
      "Batch and surroundings", from: 36,
      [
        "Piped input, `-c`, `-f`: standard output has results only; an error gives exit status 1 with file "
          + "and line; `--json` is versioned.",
        "`NO_COLOR`, `TERM=dumb`, `--ascii`, `LANG=C`, an output that is closed early: no escapes, no noise.",
        "`help` fits a screen; `help COMMAND` has a synopsis and an example.",
        "No home, folders that cannot be written to, no compiler: one line of warning, and a usable inspector.",
      ]),
  ]

  /// Rules of what does not exist yet, or is not shown yet.
  static let later = [
    Rule(
      number: 40,
      sentence:
        "Attaching to a program: another user is refused on both sides, a stale socket is explained, "
        + "the program's end is reported, and no frame harms it.")
  ]

  static let rules = groups.flatMap(\.rules)
}
