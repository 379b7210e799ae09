import ArgumentParser
import RunnerShell

/// The manual page of the program in roff: `runner-repl --manual | man -l -`.
enum ManualPage {
  /// The whole page, from the program's own options and the commands' own descriptions.
  static var roff: String {
    let lines =
      [
        ".TH RUNNER\\-REPL 1 \"\" \"runner-repl \(RunnerRepl.version)\"",
        ".SH NAME", "runner\\-repl \\- Swift with top\\-level await, and its live tasks",
        ".SH SYNOPSIS", ".B runner\\-repl", RoffText.line("[options] [-c cmd]... [-f file]"),
        ".SH DESCRIPTION",
      ] + description.flatMap { [".PP", RoffText.line($0)] } + [".SH OPTIONS", ".nf"]
      + options.map(RoffText.line) + [".fi", ".SH COMMANDS"]
      + CommandManual.roff(.standard) + table("KEYS", EditorKeys.entries)
      + [".PP", RoffText.line(EditorKeys.remark)] + table("ENVIRONMENT", variables)
      + table("FILES", files) + table("EXIT STATUS", statuses)
    return lines.joined(separator: "\n") + "\n"
  }

  private static let description = [
    "A prompt for runners, which have the life cycles of Python's asyncio. A line is a command when its "
      + "first word is one; every other line is Swift: it is compiled and runs as a task of the runner "
      + "in use. :name is always the command.",
    "With -c, -f, or when standard input is no terminal, it runs what it is given and ends. Standard "
      + "output has results only; the first error ends the run.",
  ]

  /// The list of options as --help writes it.
  private static var options: [String] {
    let lines = RunnerRepl.helpMessage(columns: 78)
      .split(separator: "\n", omittingEmptySubsequences: false)
    return lines.drop { $0 != "OPTIONS:" }.dropFirst().filter { !$0.isEmpty }.map(String.init)
  }

  private static let variables = [
    (
      "RUNNER_SWIFTC",
      "The swiftc that compiles Swift; otherwise the first one in PATH. It must be of the version "
        + "that built runner-repl."
    ),
    (
      "RUNNER_INTROSPECTION",
      "How much is read of Swift's runtime: full, public or off; full where it can be."
    ),
    ("RUNNER_DEBUG", "When it is not empty, loops are in debug mode."),
    ("NO_COLOR", "When it is not empty, there are no colours."),
    ("TERM", "dumb, emacs or nothing: no escape sequences are written and no line is edited."),
    ("LC_ALL, LC_CTYPE, LANG", "Where none of them names UTF-8, only ASCII is drawn."),
    ("EDITRC", "The settings of libedit; otherwise ~/.editrc. See editrc(5)."),
  ]

  private static let files = [
    (
      "$XDG_CONFIG_HOME/runner-repl/init",
      "Commands and Swift that the prompt begins with; otherwise in ~/.config. --no-init skips it."
    ),
    (
      "$XDG_STATE_HOME/runner-repl/history",
      "What was typed; otherwise in ~/.local/state. --no-history neither reads nor writes it."
    ),
    (
      "$XDG_CACHE_HOME/runner-repl/cells",
      "Compiled Swift; otherwise in ~/.cache. It may be deleted at any time."
    ),
  ]

  private static let statuses = [
    ("0", "All went well."),
    ("1", "A command or a piece of Swift failed."),
    ("2", "The program or a command was called in a wrong way."),
    ("3", "The worker was lost."),
    ("4", "A deadline passed."),
    ("5", "A deadlock was found."),
    ("128+n", "The program was ended by signal n."),
  ]

  private static func table(_ title: String, _ entries: [(String, String)]) -> [String] {
    [".SH \(title)"]
      + entries.flatMap { [".TP", ".B \(RoffText.word($0.0))", RoffText.line($0.1)] }
  }
}
