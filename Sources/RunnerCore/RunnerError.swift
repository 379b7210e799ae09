/// An error of the library's own: what happened, to what, and what to do next.
public struct RunnerError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What kind of error it is; compare with the static members.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    private let raw: String

    /// Creates a code from the name by which a wire message carries it.
    public init(name: String) { raw = name }

    /// The name by which a wire message carries it.
    public var name: String { raw }

    public var description: String { raw }

    /// The runner or loop has been closed.
    public static let closed = Code(name: "closed")
    /// The runner or loop is running already.
    public static let alreadyRunning = Code(name: "alreadyRunning")
    /// The call is not allowed inside a running loop.
    public static let insideRunningLoop = Code(name: "insideRunningLoop")
    /// The call needs a running loop in this thread.
    public static let noRunningLoop = Code(name: "noRunningLoop")
    /// A future is in the wrong state for the call.
    public static let invalidState = Code(name: "invalidState")
    /// An argument is out of its range.
    public static let invalidArgument = Code(name: "invalidArgument")
    /// The object belongs to another loop.
    public static let foreignLoop = Code(name: "foreignLoop")
    /// Debug mode: the call must be made on the thread that runs the loop.
    public static let wrongThread = Code(name: "wrongThread")
    /// A task awaits itself.
    public static let selfAwait = Code(name: "selfAwait")
    /// The loop was stopped before the main task was done.
    public static let stopped = Code(name: "stopped")
    /// No runner, task, job or coroutine has this name or number.
    public static let notFound = Code(name: "notFound")
    /// Something with this name exists already.
    public static let alreadyExists = Code(name: "alreadyExists")
    /// A wait was given up on request.
    public static let abandoned = Code(name: "abandoned")
    /// The other side of a connection is gone.
    public static let connectionLost = Code(name: "connectionLost")
    /// The other side of a connection is there, and has not answered in time.
    public static let noAnswer = Code(name: "noAnswer")
    /// The system refused something.
    public static let system = Code(name: "system")
    /// What it takes is not there: a compiler, a library of the right version.
    public static let unavailable = Code(name: "unavailable")
  }

  public let code: Code

  /// One full sentence: what happened, to what, and what to do next.
  public let message: String

  /// The error on whose way out this one came: what the body of `withRunner` threw when `close` fails
  /// as well; mirrors `__context__`.
  ///
  /// Equality does not look at it.
  public var context: (any Error)?

  /// Creates an error; meant for conformers of the introspection protocols.
  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  public var description: String { message + Self.remark(on: context) }

  public static func == (left: RunnerError, right: RunnerError) -> Bool {
    left.code == right.code && left.message == right.message
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(code)
    hasher.combine(message)
  }

  /// What a description says about the context.
  static func remark(on context: (any Error)?) -> String {
    context.map { " Before that, \(type(of: $0)) was thrown: \("\($0)".excerpt(600))" } ?? ""
  }
}
