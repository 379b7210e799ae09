public import RunnerCore

extension Runner {
  /// Creates a runner whose clock jumps to the next deadline when nothing is ready.
  ///
  /// - Parameter clock: the clock to read or move from the test.
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
