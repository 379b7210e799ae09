import RunnerShell
import Synchronization

/// A clock that a test moves: a wait takes no time, and the script may press Ctrl-C in it.
final class ScriptedClock: SessionClock {
  private let controller: ScriptedController?
  private let passed = Mutex(Duration.zero)

  init(_ controller: ScriptedController? = nil) {
    self.controller = controller
  }

  var now: Duration { passed.withLock(\.self) }

  /// Begins at noon.
  var timeOfDay: String {
    let seconds = 43_200 + now.components.seconds
    return [seconds / 3600, seconds / 60 % 60, seconds % 60]
      .map { ($0 < 10 ? "0" : "") + "\($0)" }.joined(separator: ":")
  }

  func wait(_ duration: Duration, in pause: Pause) -> Bool {
    let pressed = controller?.whileWaiting.withLock { $0.isEmpty ? nil : $0.removeFirst() }
    pressed?()
    passed.withLock { $0 += duration }
    return pause.wait(.zero)
  }
}
