import Foundation
import TerminalTesting
import Testing

/// Plays a rule at the prompt, and notes what was typed and what came; its notes are the rule's section
/// of the page.
///
///     let rule = try RuleRecorder(18)
///     try rule.enter("print(\"no end\", terminator: \"\")")
///     try rule.expectPage()
///
/// Used on one thread.
final class RuleRecorder {
  private enum Part {
    case words(String)
    case screen([String])
  }

  private static let cursor = "▏"

  let number: Int
  private(set) var prompt: Prompt
  private var parts: [Part] = []
  var stable = StableText()
  /// The line at which the last picture ended.
  private var shownUpTo = 0

  var terminal: PseudoTerminal { prompt.terminal }

  init(_ number: Int, at prompt: Prompt) {
    self.number = number
    self.prompt = prompt
    begin()
  }

  /// Starts the program with a compiler, and waits for its prompt.
  convenience init(
    _ number: Int, _ arguments: [String] = [], columns: Int = 100, rows: Int = 30
  ) throws {
    self.init(
      number,
      at: try Prompt(
        ["-q"] + arguments, columns: columns, rows: rows, environment: Home.toolchain))
  }

  /// Goes on with another session; what it has shown until now is left out unless that is asked for.
  func goOn(with prompt: Prompt, fromTheTop: Bool = false) {
    self.prompt = prompt
    begin()
    if fromTheTop { shownUpTo = 0 }
  }

  private func begin() {
    stable.names.append((prompt.home.path, "/home/ada"))
    shownUpTo = cursorLine
  }

  private var cursorLine: Int { terminal.screen.scrollback.count + terminal.screen.row }

  // MARK: - Playing

  /// Says something to the reader.
  func say(_ text: String) { parts.append(.words(text)) }

  /// Types a line, and shows what came of it up to the next prompt; returns that.
  @discardableResult
  func enter(_ line: String) throws -> [String] {
    let lines = try prompt.execute(line)
    picture(of: nil)
    return lines
  }

  /// Types a line again until what comes of it has a text, and shows that time only.
  @discardableResult
  func enter(_ line: String, until text: String) throws -> [String] {
    var lines: [String] = []
    try terminal.wait(for: "'\(text)' of '\(line)'") { [self] _ in
      skip()
      lines = (try? prompt.execute(line)) ?? []
      return lines.contains { $0.contains(text) }
    }
    picture(of: nil)
    return lines
  }

  /// Types a line as slowly as a person does, for what comes at once is taken as a paste.
  func typeLine(_ line: String, next: String) throws {
    terminal.send(line)
    try terminal.wait(for: "'\(line)'") { $0.currentLine.hasSuffix(line) }
    let row = cursorLine
    terminal.send(Key.enter.bytes)
    try terminal.wait(for: "'\(next)' after '\(line)'") { [self] screen in
      screen.currentLine == next && cursorLine > row && !terminal.isCooked
    }
    picture(of: nil)
  }

  /// Types keys, waits for what they bring, and shows it.
  func press(
    _ keys: Key..., until what: String, _ condition: (Screen) -> Bool
  ) throws {
    for key in keys { terminal.send(key.bytes) }
    try terminal.wait(for: what, condition)
    picture(of: keys)
  }

  /// Types keys like a person who goes on when they see what a Tab has brought: these lines, one for each Tab
  /// but the last; and shows what the last key brings.
  func press(
    _ keys: Key..., seeing lines: [String], until what: String, _ condition: (Screen) -> Bool
  ) throws {
    var awaited = lines[...]
    for key in keys {
      terminal.send(key.bytes)
      if case .tab = key, let line = awaited.popFirst() { try terminal.waitForLine(line) }
    }
    try terminal.wait(for: what, condition)
    picture(of: keys)
  }

  /// Types keys, waits until the screen has a text and the cursor's line is this one, and shows it.
  func press(_ keys: Key..., until text: String, line: String = "main>") throws {
    for key in keys { terminal.send(key.bytes) }
    try terminal.wait(for: "'\(text)' and '\(line)'") { [self] screen in
      screen.currentLine == line && (text.isEmpty || current.contains { $0.contains(text) })
    }
    picture(of: keys)
  }

  /// Types keys that begin a run, and shows the screen when the run has written this and waits.
  func press(_ keys: Key..., running text: String) throws {
    for key in keys { terminal.send(key.bytes) }
    try terminal.wait(for: "'\(text)'") { [self] _ in current.contains(text) }
    try prompt.waitForRun(withEcho: true)
    picture(of: keys)
  }

  /// Waits for something that nobody has to type for, and shows it.
  func await(_ what: String, _ condition: (Screen) -> Bool) throws {
    try terminal.wait(for: what, condition)
    picture(of: nil)
  }

  /// Shows text that is not from the screen, such as a file.
  func show(_ text: String) {
    parts.append(
      .words(
        "```text\n\(stable.lines(text.components(separatedBy: "\n")).joined(separator: "\n"))\n```")
    )
  }

  // MARK: - Noting

  /// The lines since the last picture, the line that it ended with among them.
  var current: [String] {
    let lines = terminal.screen.transcript.components(separatedBy: "\n")
    return Array(lines.dropFirst(shownUpTo))
  }

  /// Leaves what came since the last picture to words, but for its last lines.
  func skip(butFor lines: Int = 0) { shownUpTo = cursorLine - lines }

  /// Shows what is new on the screen, and the keys that brought it.
  ///
  /// Of a line that was entered the screen says enough: it goes on with the last picture.
  private func picture(of keys: [Key]?) {
    let screen = terminal.screen
    var lines = screen.scrollback + screen.lines
    if !screen.isAlternate { lines[cursorLine] = screen.currentLine(markedWith: Self.cursor) }
    // It is never higher than the screen.
    lines.removeFirst(max(screen.scrollback.count, screen.isAlternate ? 0 : shownUpTo))
    while lines.last?.isEmpty == true { lines.removeLast() }
    shownUpTo = cursorLine
    if let keys, !Self.isLine(keys) {
      parts.append(.words("Typed: " + keys.map(\.shown).joined(separator: " ")))
    } else if case .screen(let before)? = parts.last {
      parts.removeLast()
      lines = before.dropLast() + lines
    }
    parts.append(.screen(lines))
  }

  private static func isLine(_ keys: [Key]) -> Bool {
    guard keys.count == 2, case .text = keys[0], case .enter = keys[1] else { return false }
    return true
  }

  private func text(of part: Part) -> String {
    switch part {
    case .words(let text): text
    case .screen(let lines):
      "```text\n\(stable.lines(lines).joined(separator: "\n"))\n```"
    }
  }

  // MARK: - Comparing

  /// Leaves the session, which must end well, and compares the notes with the page.
  func finish(status: Int32 = 0, sourceLocation: SourceLocation = #_sourceLocation) throws {
    #expect(try prompt.leave() == status, sourceLocation: sourceLocation)
    #expect(terminal.isCooked, sourceLocation: sourceLocation)
    #expect(terminal.screen.unknown.isEmpty, sourceLocation: sourceLocation)
    try expectPage(sourceLocation: sourceLocation)
  }

  /// Leaves with Ctrl-D, shows the last screen, and says with which status.
  func leave() throws {
    try terminal.wait(for: "an empty prompt") {
      Prompt.empty.contains($0.currentLine) && !terminal.isCooked
    }
    terminal.send(Key.control("D").bytes)
    let status = try terminal.waitForExit()
    picture(of: [.control("D")])
    say("The exit status is \(status).")
  }

  /// Compares the notes with the page.
  func expectPage(sourceLocation: SourceLocation = #_sourceLocation) throws {
    let body = parts.map(text).joined(separator: "\n\n")
    let page = try RulePage.section(number, updatedTo: body)
    #expect(page == body, "rule \(number)", sourceLocation: sourceLocation)
  }
}
