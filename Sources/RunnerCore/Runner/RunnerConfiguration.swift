private import Glibc

extension Runner {
  /// What a runner is made from; mirrors the keyword arguments of `asyncio.Runner`.
  public struct Configuration: Sendable {
    /// The name that snapshots and messages show.
    public var name: String

    /// Whether the loop reports slow steps and calls from wrong threads.
    ///
    /// `nil` leaves it to the loop: the default one looks at the environment variable `RUNNER_DEBUG`.
    public var debug: Bool?

    /// Makes the loop, when it is first needed and once; `nil` makes the default one.
    ///
    /// It must not use the runner. Mirrors `loop_factory`.
    public var makeLoop: (@Sendable () throws -> EventLoop)?

    /// How long `close` waits for tasks that do not end when cancelled.
    public var closeDeadline: Duration

    /// The signals that interrupt a run on the main thread, where they have the default disposition.
    ///
    /// The first use of a runner throws when one of them does not exist or cannot be caught.
    public var interruptSignals: [Int32]

    /// SIGINT: what Ctrl-C sends.
    public static let defaultInterruptSignals: [Int32] = [SIGINT]

    /// Creates a configuration.
    public init(
      name: String = "runner", debug: Bool? = nil,
      makeLoop: (@Sendable () throws -> EventLoop)? = nil,
      closeDeadline: Duration = .seconds(300),
      interruptSignals: [Int32] = Configuration.defaultInterruptSignals
    ) {
      self.name = name
      self.debug = debug
      self.makeLoop = makeLoop
      self.closeDeadline = closeDeadline
      self.interruptSignals = interruptSignals
    }
  }
}
