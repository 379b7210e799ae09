public import RunnerCore

/// A call of a built-in coroutine with literal arguments, read from a text: `ticker(every: 0.5)`.
///
/// It needs no compiler. Labels may be left out; `try` and `await` may stand in front.
public struct BuiltInCall: Sendable, CustomStringConvertible {
  /// The coroutine that is called.
  public let entry: BuiltInCoroutine

  let values: [ArgumentValue]

  /// Reads a call.
  ///
  /// - Throws: `RunnerError.notBuiltInCall` when the text is not of that form, which does not mean
  ///   that it is not Swift; `RunnerError.notFound` when no coroutine has the name;
  ///   `RunnerError.invalidArgument` when the arguments do not fit, `.argumentOutOfRange` when only a number
  ///   is too low or too high.
  public init(parsing text: some StringProtocol) throws(RunnerError) {
    let call: CallText
    do {
      call = try CallText(text)
    } catch {
      throw Self.error(for: error, in: text)
    }
    guard let entry = CoroutineCatalogue.entry(named: call.name) else {
      throw Self.unknown(call.name)
    }
    self.entry = entry
    values = try entry.values(of: call.arguments)
  }

  /// The call as something to run, as often as one likes; it returns `nil` instead of `Void`.
  public func coroutine() -> BuiltInCoroutine.Body {
    { [entry, values] in try await entry.body(values) }
  }

  /// The call in its full form, with the labels: `ticker(every: 0.5)`.
  public var description: String {
    let arguments = zip(entry.parameters, values).map { parameter, value in
      (parameter.label.map { "\($0): " } ?? "") + value.description
    }
    return "\(entry.name)(\(arguments.joined(separator: ", ")))"
  }

  // MARK: What can be wrong before the arguments are looked at

  private static func error(
    for failure: CallText.Failure, in text: some StringProtocol
  ) -> RunnerError {
    switch failure {
    case .empty:
      RunnerError(
        .notBuiltInCall,
        "There is nothing to run; write a call of a built-in coroutine, such as countdown(3).")
    case .notACall:
      RunnerError(
        .notBuiltInCall,
        """
        '\(VisibleText(Substring(text).trimmed))' is not a call of a built-in coroutine; Swift cells \
        are not part of this version, 'examples' lists what can be run.
        """)
    case .nameOnly(let name):
      if let entry = CoroutineCatalogue.entry(named: name) {
        RunnerError(
          .invalidArgument,
          "'\(name)' is only the name of a coroutine; call it: \(entry.signature).")
      } else {
        unknown(name)
      }
    case .unclosed(let name):
      RunnerError(
        .invalidArgument,
        "The call of '\(VisibleText(name))' ends without ')'; complete it, for example countdown(3)."
      )
    }
  }

  private static func unknown(_ name: Substring) -> RunnerError {
    let names = CoroutineCatalogue.entries.map(\.name)
    let shown = VisibleText(name)
    guard let nearest = NearestName.of(String(name), in: names) else {
      return RunnerError(
        .notFound, "There is no coroutine '\(shown)'. 'examples' lists what can be run.")
    }
    return RunnerError(
      .notFound,
      "There is no coroutine '\(shown)'. Did you mean '\(nearest)'? 'examples' lists them.")
  }
}

extension RunnerError.Code {
  /// An argument of a call of a built-in coroutine is a number that the coroutine does not take.
  public static let argumentOutOfRange = RunnerError.Code(name: "argumentOutOfRange")
  /// The text is not a call of a built-in coroutine with literal arguments.
  public static let notBuiltInCall = RunnerError.Code(name: "notBuiltInCall")
}

extension ArgumentValue: CustomStringConvertible {
  var description: String {
    switch self {
    case .integer(let value): return String(value)
    case .seconds(let value):
      let text = String(value)
      return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
  }
}
