internal import CEditLine
internal import Foundation

/// Which key does what.
extension EditLine {
  /// Gives our keys to the command function, and reads the user's `.editrc`.
  ///
  /// - Returns: The control characters that are ours, because the user has not bound them.
  func configure() -> [Unicode.Scalar: EditorKey] {
    // Signal characters, CR, LF and Ctrl-S arrive as they are: order is kept, and a paste can't signal.
    _ = run("setty", "-d", "-isig", "-ixon", "-icrnl", "-inlcr")
    cedit_use_vi(handle, true)  // each choice of an editor resets all bindings
    let inVi = bindings()
    cedit_use_vi(handle, false)
    let inEmacs = bindings()
    cedit_source_user_file(handle)
    for key in EditorKey.allCases { cedit_own_key(handle, "\\\(String(key.rawValue, radix: 8))") }
    takeOverPrompts()
    bindViKeys()
    bindUndo()
    let defaults = isVi ? inVi : inEmacs
    let unchanged = zip(EditorKey.ofControlKeys, zip(defaults, bindings())).filter { $1.0 == $1.1 }
    return Dictionary(uniqueKeysWithValues: unchanged.map { ($0.0.character, $0.0.key) })
  }

  /// Makes libedit believe in a screen that is higher than any text, until the next line begins.
  ///
  /// Its painter, whom nobody sees, writes out of bounds when a text does not fit on its screen: vi's `.` and macros do
  /// several things between two calls of `guardMemory`.
  func pretendSize() {
    _ = run("settc", "co", "100")
    _ = run("settc", "li", "2000")
  }

  /// Replaces the commands with which libedit asks for something: it would ask on a screen that nobody sees, and take
  /// the codes of our keys for characters.
  private func takeOverPrompts() {
    unassign("ed-command")
    if isVi { unassign("vi-histedit") }
  }

  /// Gives keys of vi's command mode to the command function where they are not the person's own, and libedit's
  /// commands beneath them to sequences that ours press.
  private func bindViKeys() {
    guard isVi else { return }
    let name = { (key: Unicode.Scalar) in
      "\\" + String(repeating: "0", count: key.value < 0o100 ? 1 : 0)
        + String(key.value, radix: 8)
    }
    for (key, command) in ViKeys.usual where run("bind", "-a", name(key)).contains(command) {
      _ = run("bind", "-a", name(key), "runner-vi")
      ownViKeys.insert(key)
    }
    for (key, command) in ViKeys.own {
      _ = run("bind", "-a", name(ViKeys.lead) + name(key), command)
    }
    _ = run("bind", name(ViKeys.lead) + name("\u{1B}"), "vi-command-mode")
  }

  /// Gives Ctrl-X Ctrl-U to undoing where neither it nor Ctrl-X is the person's own.
  private func bindUndo() {
    guard !isVi, run("bind", "^X").contains("ed-sequence-lead-in"), binding(of: "^X^U") == nil
    else {
      return
    }
    _ = run("bind", "-s", "^X^U", "\\\(String(EditorKey.undo.rawValue, radix: 8))")
  }

  /// Takes a command off all keys that have it, the person's own among them.
  private func unassign(_ command: String) {
    var option: [String] = []
    for line in run("bind").split(separator: "\n") {
      // A heading begins each table: of usual keys, of those of vi's command mode, of sequences.
      guard line.hasPrefix("\""), let arrow = line.range(of: "->"), line.hasSuffix(" \(command)")
      else {
        if !line.hasPrefix("\"") { option = line.hasPrefix("Alternative") ? ["-a"] : [] }
        continue
      }
      let key = line[..<arrow.lowerBound].trimmingCharacters(in: .whitespaces).dropFirst()
        .dropLast()
      _ = run(["bind"] + option + [String(key), "ed-unassigned"])
    }
  }

  /// What a key or a sequence, in `bind`'s notation, is bound to, as libedit describes it; nil for nothing.
  func binding(of key: String) -> String? {
    let answer = run("bind", key)
    return answer.contains("->") ? answer : nil
  }

  private func bindings() -> [String] {
    EditorKey.ofControlKeys.map { run("bind", $0.name) }
  }

  private func run(_ words: String...) -> String { run(words) }

  private func run(_ words: [String]) -> String {
    let copies = words.map { strdup($0) }
    defer { copies.forEach { free($0) } }
    let pointers = copies.map { UnsafePointer($0) } + [nil]
    guard let answer = cedit_run(handle, Int32(words.count), pointers) else { return "" }
    defer { free(answer) }
    return String(cString: answer)
  }
}
