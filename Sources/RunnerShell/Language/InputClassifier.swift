internal import RunnerCore

/// Tells commands from Swift.
///
/// Comment lines before an input are no part of it.
/// The first word of an input is a command, unless `(`, `.`, `=` or an operator follows it or the
/// session has declared that name; `:name` is always a command; everything else is Swift.
package struct InputClassifier: Sendable {
  package var registry: CommandRegistry
  /// The names of the built-in coroutines: a call of one is run without a compiler.
  package var coroutines: Set<String>
  /// Names that the session has declared in Swift: they hide commands.
  package var declaredNames: Set<String>
  /// Names that went with a worker: they are Swift that does not know them any more, and no commands with a mistake.
  package var lostNames: Set<String>
  /// The names of runners: alone they are values, and no commands with a mistake.
  package var runners: Set<String>
  /// What is known of Swift.
  package var grammar: any SwiftGrammar

  package init(
    registry: CommandRegistry = .standard, coroutines: Set<String> = [],
    declaredNames: Set<String> = [], lostNames: Set<String> = [], runners: Set<String> = [],
    grammar: any SwiftGrammar = BracketGrammar()
  ) {
    self.registry = registry
    self.coroutines = coroutines
    self.declaredNames = declaredNames
    self.lostNames = lostNames
    self.runners = runners
    self.grammar = grammar
  }

  /// Returns what the input is.
  ///
  /// - Throws: `CommandError` when it is neither a command that exists nor Swift.
  package func classify(_ raw: String) throws(CommandError) -> Input {
    let whole = try InputSanitizer.clean(raw)
    let text = CommentScanner.droppingComments(whole.trimmed())
    if text.isEmpty { return .empty }
    if text.first == ":" {
      let (word, rest) = firstWord(Self.afterColon(text))
      return try command(word, rest)
    }
    let (word, rest) = firstWord(text[...])
    if !word.isEmpty && !declaredNames.contains(word) && !continuesAsSwift(rest) {
      if recognises(word) || isMistyped(word, rest, in: text) {
        if !recognises(word), coroutines.contains(word) { throw .coroutineIsNoCommand(word, rest) }
        return try command(word, rest)
      }
    }
    return swift(text, firstWord: word, whole: whole)
  }

  /// The command that a half-typed input begins with; `nil` when that is Swift, or nothing.
  package func command(beginning text: String) -> Command? {
    let text = CommentScanner.droppingComments(text.trimmed())
    if text.first == ":" { return try? registry.resolve(firstWord(Self.afterColon(text)).0) }
    let (word, rest) = firstWord(text[...])
    guard !word.isEmpty, !declaredNames.contains(word), !continuesAsSwift(rest), recognises(word)
    else { return nil }
    return try? registry.resolve(word)
  }

  /// Whether a word means a command; `var` is a word of Swift, and no beginning of `vars`.
  private func recognises(_ word: String) -> Bool {
    registry.named(word) != nil
      || (registry.recognises(word) && !BracketGrammar.opensSwift(word))
  }

  /// Whether the input is more likely a command with a mistake in its name than Swift.
  private func isMistyped(_ word: String, _ rest: Substring, in text: String) -> Bool {
    if lostNames.contains(word) { return false }
    if rest.isEmpty {
      return !runners.contains(word)
        && (CommandRegistry.leavingWords.contains(word)
          || NearestName.of(word, in: registry.names) != nil)
    }
    return !grammar.isUnfinished(text) && !grammar.parses(text)
      && !BracketGrammar.opensSwift(word)
  }

  private func command(_ word: String, _ rest: Substring) throws(CommandError) -> Input {
    guard !word.isEmpty else {
      if rest.isEmpty { throw .loneColon }
      throw .unknownCommand(String(rest.prefix { !$0.isWhitespace }), nearest: nil)
    }
    let command = try registry.resolve(word)
    guard let invocation = try InvocationParser.parse(rest.trimmed(), for: command),
      !(command.takesSwift && grammar.isUnfinished(invocation.expression))
    else { return .needsMore }
    return .command(invocation)
  }

  private func swift(_ text: String, firstWord: String, whole: String) -> Input {
    if coroutines.contains(firstWord), let split = try? ExpressionScanner.split(text),
      split.rest.isEmpty, split.expression.hasSuffix(")"), let run = registry.named("run")
    {
      var invocation = Invocation(command: run)
      invocation.expression = split.expression
      invocation.isBackground = split.isBackground
      return .command(invocation)
    }
    return grammar.isUnfinished(whole) ? .needsMore : .swift(whole)
  }

  private static func afterColon(_ text: String) -> Substring {
    text.dropFirst().drop(while: \.isWhitespace)
  }

  /// Splits text after its first identifier; command names may hold `-`.
  private func firstWord(_ text: Substring) -> (String, Substring) {
    let word = text.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
    guard word.first?.isNumber != true else { return ("", text) }
    return (String(word), text[word.endIndex...])
  }

  private static let operators: Set<Character> = [
    "+", "-", "*", "/", "%", "<", ">", "!", "&", "|", "^", "~", "?", "=",
  ]

  /// Whether what follows the first word makes it a name in Swift.
  private func continuesAsSwift(_ rest: Substring) -> Bool {
    guard let first = rest.first else { return false }
    if !first.isWhitespace { return true }
    let next = rest.drop(while: \.isWhitespace)
    guard let sign = next.first, Self.operators.contains(sign) else { return false }
    if sign == "=" { return true }
    // `ps --all` has a flag; `ps - 3` has a binary operator, with blanks on both sides.
    let operand = next.drop { Self.operators.contains($0) }
    return operand.first?.isWhitespace == true
  }
}
