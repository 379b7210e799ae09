/// How a worker process is started.
package struct WorkerLaunch: Hashable, Sendable {
  /// Where the worker's standard output and standard error go.
  package enum Output: Hashable, Sendable {
    /// Both into one pipe that the parent reads, in the order in which they were written.
    case captured
    /// To where the parent's go.
    case inherited
  }

  /// What the worker's standard input is.
  package enum Input: Hashable, Sendable {
    /// `/dev/null`.
    case none
    /// The parent's.
    case inherited
    /// `/dev/null`; the parent's, a terminal, is descriptor 4, to be read when the parent does not.
    case lent
  }

  /// The executable's path; it is not searched for.
  package var path: String
  /// The arguments after the program's name.
  package var arguments: [String]
  /// The environment; `nil` passes on the parent's.
  package var environment: [String: String]?
  package var output: Output
  /// With the parent's terminal, the worker is in the parent's process group, and its signals from the
  /// terminal are blocked until it is ready for them.
  package var input: Input
  /// How this side introduces itself.
  package var program: MonitorProgram
  /// Where the worker begins to number tasks; `nil` leaves it to it.
  package var firstTaskNumber: UInt64?
  /// Where the worker begins to number jobs; `nil` leaves it to it.
  package var firstJobNumber: Int?
  /// How long the worker may take to end after its connection has; then it is killed.
  package var patience: Duration

  package init(
    path: String, arguments: [String] = [], environment: [String: String]? = nil,
    output: Output = .captured, input: Input = .none, program: MonitorProgram,
    firstTaskNumber: UInt64? = nil,
    firstJobNumber: Int? = nil, patience: Duration = .seconds(2)
  ) {
    self.path = path
    self.arguments = arguments
    self.environment = environment
    self.output = output
    self.input = input
    self.program = program
    self.firstTaskNumber = firstTaskNumber
    self.firstJobNumber = firstJobNumber
    self.patience = patience
  }
}
