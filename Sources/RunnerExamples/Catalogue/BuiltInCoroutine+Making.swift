private import RunnerCore

/// A parameter together with the type in which the coroutine takes it.
struct TypedParameter<Value: Sendable>: Sendable {
  let parameter: CoroutineParameter
  let value: @Sendable (ArgumentValue) -> Value?
}

extension TypedParameter<Int> {
  static func integer(_ range: ClosedRange<Int>, label: String? = nil) -> TypedParameter {
    whole(CoroutineParameter(label: label, name: "n", kind: .integer(range)))
  }

  static func port(_ range: ClosedRange<Int>) -> TypedParameter {
    whole(CoroutineParameter(label: "port", name: "number", kind: .port(range)))
  }

  private static func whole(_ parameter: CoroutineParameter) -> TypedParameter {
    TypedParameter(parameter: parameter) { if case .integer(let value) = $0 { value } else { nil } }
  }
}

extension TypedParameter<Double> {
  static func seconds(label: String? = nil, atLeast least: Double = 0) -> TypedParameter {
    // 292 years: what a loop's clock can count.
    let kind = CoroutineParameter.Kind.seconds(least...9_000_000_000)
    let parameter = CoroutineParameter(label: label, name: "seconds", kind: kind)
    return TypedParameter(parameter: parameter) {
      if case .seconds(let value) = $0 { value } else { nil }
    }
  }
}

extension BuiltInCoroutine {
  /// Describes a coroutine without parameters.
  init(
    _ name: String, _ summary: String, body: @escaping @Sendable () async throws -> some Sendable
  ) {
    self.init(name, [], summary) { _ in try await callForTool(body) }
  }

  /// Describes a coroutine with one parameter.
  init<First>(
    _ name: String, _ first: TypedParameter<First>, _ summary: String,
    body: @escaping @Sendable (First) async throws -> some Sendable
  ) {
    self.init(name, [first.parameter], summary) { values in
      guard let value = first.value(values[0]) else { Self.mismatch(name) }
      return try await callForTool(body, value)
    }
  }

  /// Describes a coroutine with two parameters.
  init<First, Second>(
    _ name: String, _ first: TypedParameter<First>, _ second: TypedParameter<Second>,
    _ summary: String, body: @escaping @Sendable (First, Second) async throws -> some Sendable
  ) {
    self.init(name, [first.parameter, second.parameter], summary) { values in
      guard let one = first.value(values[0]), let two = second.value(values[1]) else {
        Self.mismatch(name)
      }
      return try await callForTool(body, one, two)
    }
  }

  private init<Result: Sendable>(
    _ name: String, _ parameters: [CoroutineParameter], _ summary: String,
    body: @escaping @Sendable ([ArgumentValue]) async throws -> Result
  ) {
    self.name = name
    self.parameters = parameters
    self.summary = summary
    fileName = name.prefix(1).uppercased() + name.dropFirst() + ".swift"
    self.body = { values in
      let result = try await body(values)
      return result is Void ? nil : result
    }
  }

  private static func mismatch(_ name: String) -> Never {
    preconditionFailure("The arguments of '\(name)' were not checked before its call.")
  }
}
