/// Sorts out what follows a command's name, as the command's own description says.
package struct InvocationParser: Sendable {
  private var invocation: Invocation

  /// Returns the invocation; `nil` means that a bracket or quote is still open.
  package static func parse(
    _ text: String, for command: Command
  ) throws(CommandError) -> Invocation? {
    var parser = InvocationParser(invocation: Invocation(command: command))
    if command.takesSwift {
      parser.invocation.expression = text.trimmed()
      if parser.invocation.expression.isEmpty,
        command.arguments.contains(where: { $0.count.lowerBound > 0 })
      {
        throw .missingArgument(command)
      }
      return parser.invocation
    }
    let isComplete =
      try command.takesExpression
      ? parser.takeCall(text)
      : command.takesCommandLine ? parser.takeCommandLine(text) : parser.takeWords(text)
    return isComplete ? parser.invocation : nil
  }

  private var command: Command { invocation.command }

  // MARK: Commands without an EXPR

  private mutating func takeWords(_ text: String) throws(CommandError) -> Bool {
    var scanner = WordScanner(text)
    while let word = scanner.next() {
      if scanner.endsInQuote { return false }
      if word.isFlag {
        guard try takeFlag(word, &scanner) else { return false }
      } else if let flag = flag(ofLetter: word) {
        guard try takeFlag(WordScanner.Word(text: "--\(flag.name)"), &scanner) else { return false }
      } else if word.text == "&" && !word.isQuoted {
        throw .notInBackground(command)
      } else {
        invocation.words.append(word.text)
      }
    }
    let most = command.arguments.reduce(0) { $0 + $1.count.upperBound }
    let least = command.arguments.reduce(0) { $0 + $1.count.lowerBound }
    if invocation.words.count > most {
      throw .tooManyArguments(command, invocation.words[most])
    }
    if invocation.words.count < least { throw .missingArgument(command) }
    return true
  }

  // MARK: Commands with an EXPR

  private mutating func takeCall(_ text: String) throws(CommandError) -> Bool {
    var scanner = WordScanner(text)
    while let word = scanner.peek, word.isFlag {
      _ = scanner.next()
      guard try takeFlag(word, &scanner) else { return false }
    }
    let (name, rest) = ExpressionScanner.leadingName(String(scanner.rest))
    guard let split = try ExpressionScanner.split(rest) else { return false }
    invocation.words = name.map { [$0] } ?? []
    invocation.expression = split.expression
    invocation.isBackground = split.isBackground
    if split.isBackground && !command.allowsBackground { throw .notInBackground(command) }
    var flags = WordScanner(split.rest)
    while let word = flags.next() {
      if flags.endsInQuote { return false }
      guard word.isFlag else { throw .tooManyArguments(command, word.text) }
      guard try takeFlag(word, &flags) else { return false }
    }
    if split.expression.isEmpty { throw .missingArgument(command) }
    return true
  }

  // MARK: Commands with another command

  /// Takes flags, one word, and the rest of the line as it stands.
  private mutating func takeCommandLine(_ text: String) throws(CommandError) -> Bool {
    var scanner = WordScanner(text)
    while let word = scanner.peek, word.isFlag {
      _ = scanner.next()
      guard try takeFlag(word, &scanner) else { return false }
    }
    guard let first = scanner.next() else { throw .missingArgument(command) }
    if scanner.endsInQuote || WordScanner.words(String(scanner.rest)) == nil { return false }
    invocation.words = [first.text]
    invocation.expression = String(scanner.rest).trimmed()
    if invocation.expression.isEmpty { throw .missingArgument(command) }
    return true
  }

  // MARK: Flags

  private func flag(ofLetter word: WordScanner.Word) -> CommandFlag? {
    guard !word.isQuoted, word.text.first == "-", word.text.count == 2 else { return nil }
    return command.flags.first { $0.letter == word.text.last }
  }

  /// Takes the value of a flag that was just read; `false` means that its quote is still open.
  private mutating func takeFlag(
    _ word: WordScanner.Word, _ scanner: inout WordScanner
  ) throws(CommandError) -> Bool {
    let body = word.text.dropFirst(2)
    let name = String(body.prefix { $0 != "=" })
    guard let flag = command.allFlags.first(where: { $0.name == name }) else {
      throw .unknownFlag("--\(name)", of: command)
    }
    if invocation.has(name) { throw .repeatedFlag(name) }
    var text: String?
    if body.contains("=") {
      text = String(body.drop { $0 != "=" }.dropFirst())
    } else if flag.value != .none, let next = scanner.peek, !next.isFlag {
      text = scanner.next()?.text
      if scanner.endsInQuote { return false }
    }
    invocation.values[name] = try value(of: flag, text)
    return true
  }

  private func value(of flag: CommandFlag, _ text: String?) throws(CommandError) -> Invocation.Value
  {
    if flag.value == .none {
      guard text == nil else { throw .unwantedValue(flag) }
      return .none
    }
    guard let text = text ?? flag.absentValue, !text.isEmpty || flag.absentValue != nil else {
      throw .missingValue(flag)
    }
    switch flag.value {
    case .none, .text, .pattern, .runner: return .text(text)
    case .duration:
      guard let duration = DurationText.parse(text) else { throw .badValue(text, flag) }
      return .duration(duration)
    case .count:
      guard let count = Int(text), count >= 0 else { throw .badValue(text, flag) }
      return .count(count)
    case .state(let values), .order(let values):
      guard values.contains(text) else { throw .badValue(text, flag) }
      return .text(text)
    }
  }
}
