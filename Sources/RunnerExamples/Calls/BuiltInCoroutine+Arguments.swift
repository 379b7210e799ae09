import RunnerCore

extension BuiltInCoroutine {
  /// The values of the arguments, one for each parameter.
  ///
  /// - Throws: `RunnerError.invalidArgument`, `.argumentOutOfRange`, or `.notBuiltInCall` when one is no literal.
  func values(of arguments: [CallText.Argument]) throws(RunnerError) -> [ArgumentValue] {
    for (index, argument) in arguments.enumerated() {
      try checkLabel(of: argument, at: index)
    }
    guard arguments.count == parameters.count else { throw wrongCount(arguments.count) }
    var values: [ArgumentValue] = []
    for (parameter, argument) in zip(parameters, arguments) {
      values.append(try value(of: argument.value, for: parameter))
    }
    return values
  }

  // MARK: Counts and labels

  private func wrongCount(_ given: Int) -> RunnerError {
    let wanted =
      switch parameters.count {
      case 0: "no arguments"
      case 1: "1 argument"
      default: "\(parameters.count) arguments"
      }
    return RunnerError(
      .invalidArgument, "'\(name)' takes \(wanted) and was given \(given); write \(signature).")
  }

  private func checkLabel(of argument: CallText.Argument, at index: Int) throws(RunnerError) {
    guard let label = argument.label else { return }
    if index < parameters.count, let expected = parameters[index].label, expected == label {
      return
    }
    if parameters.contains(where: { $0.label.map { $0 == label } ?? false }) {
      throw RunnerError(
        .invalidArgument,
        "The argument '\(label):' of '\(name)' is not at its place; write \(signature).")
    }
    throw RunnerError(
      .invalidArgument, "'\(name)' has no argument '\(VisibleText(label)):'; write \(signature).")
  }

  // MARK: Values

  private func value(
    of text: Substring, for parameter: CoroutineParameter
  ) throws(RunnerError) -> ArgumentValue {
    guard let literal = NumberLiteral(text) else {
      let isLiteral =
        ["true", "false", "nil"].contains(text) || text.utf8.first == UInt8(ascii: "\"")
      throw mismatch(parameter, text, isLiteral ? .invalidArgument : .notBuiltInCall)
    }
    switch parameter.kind {
    case .integer(let range), .port(let range):
      return .integer(try whole(literal, in: range, text, parameter))
    case .seconds(let range):
      return .seconds(try seconds(literal, in: range, text, parameter))
    }
  }

  private func whole(
    _ literal: NumberLiteral, in range: ClosedRange<Int>, _ text: Substring,
    _ parameter: CoroutineParameter
  ) throws(RunnerError) -> Int {
    let value: Int
    switch literal {
    case .integer(let integer):
      value = integer
    case .decimal(let decimal) where decimal.isNaN || decimal != decimal.rounded():
      throw mismatch(parameter, text, .invalidArgument)
    case .decimal(let decimal):
      guard let exact = Int(exactly: decimal) else {
        throw outOfRange(parameter, text, isLow: decimal < 0)
      }
      value = exact
    case .overflow:
      throw outOfRange(parameter, text, isLow: text.utf8.first == UInt8(ascii: "-"))
    }
    guard range.contains(value) else {
      throw outOfRange(parameter, text, isLow: value < range.lowerBound)
    }
    return value
  }

  private func seconds(
    _ literal: NumberLiteral, in range: ClosedRange<Double>, _ text: Substring,
    _ parameter: CoroutineParameter
  ) throws(RunnerError) -> Double {
    let value: Double
    switch literal {
    case .integer(let integer): value = Double(integer)
    case .decimal(let decimal): value = decimal
    case .overflow: value = text.utf8.first == UInt8(ascii: "-") ? -.infinity : .infinity
    }
    if value.isNaN { throw mismatch(parameter, text, .invalidArgument) }
    guard range.contains(value) else {
      throw outOfRange(parameter, text, isLow: value < range.lowerBound)
    }
    return value
  }

  private func mismatch(
    _ parameter: CoroutineParameter, _ text: Substring, _ code: RunnerError.Code
  ) -> RunnerError {
    let wanted =
      switch parameter.kind {
      case .integer: "a whole number"
      case .seconds: "a number of seconds"
      case .port: "a port number"
      }
    return RunnerError(
      code,
      "The argument '\(parameter.title)' of '\(name)' must be \(wanted), not '\(VisibleText(text))'."
    )
  }

  private func outOfRange(
    _ parameter: CoroutineParameter, _ text: Substring, isLow: Bool
  ) -> RunnerError {
    let (least, greatest) =
      switch parameter.kind {
      case .integer(let range), .port(let range):
        (ArgumentValue.integer(range.lowerBound), ArgumentValue.integer(range.upperBound))
      case .seconds(let range):
        (ArgumentValue.seconds(range.lowerBound), ArgumentValue.seconds(range.upperBound))
      }
    let bound = isLow ? "at least \(least)" : "at most \(greatest)"
    return RunnerError(
      .argumentOutOfRange,
      "The argument '\(parameter.title)' of '\(name)' must be \(bound), not '\(VisibleText(text))'."
    )
  }
}
