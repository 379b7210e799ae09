public import RunnerCore

extension Runner {
  /// Creates a runner whose clock jumps to the next deadline when nothing is ready.
  ///
  /// A test may read and move `clock`.
  public static func virtual(
    name: String = "virtual", clock: VirtualClock = VirtualClock(),
    closeDeadline: Duration = .seconds(300)
  ) -> Runner {
    Runner(
      Configuration(
        name: name, makeLoop: { EventLoop.virtualTime(name: name, clock: clock) },
        closeDeadline: closeDeadline))
  }
}
