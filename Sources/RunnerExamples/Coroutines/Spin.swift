/// Keeps the loop's thread busy for some seconds of real time, without a single `await`.
///
/// Demonstrates how synchronous code blocks a loop: no other task of it runs, no timer fires and no
/// cancellation arrives until it is over. `ps` and `loop` still answer, and say what blocks. In
/// asyncio: the "Executing … took 5.0 seconds" of debug mode.
public func spin(_ seconds: Double) async {
  let end = ContinuousClock.now.advanced(by: .seconds(seconds))
  while ContinuousClock.now < end {}
}
