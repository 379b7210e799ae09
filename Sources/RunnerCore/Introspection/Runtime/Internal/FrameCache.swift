private import CRunnerRuntime

/// Frames that were asked for, by address.
final class FrameCache: Sendable {
  static let shared = FrameCache()

  private struct Key: Hashable {
    var address: UInt
    var position: CodeFrame.Position
  }

  private struct State {
    var frames: [Key: CodeFrame] = [:]
    /// What of the loaded files the frames hold for.
    var generation: UInt64 = 0
  }

  /// A program has far fewer places to wait at; a full cache is emptied.
  private static let limit = 32768

  private let state = LockedValue(State())

  func frame(at address: UInt, _ position: CodeFrame.Position) -> CodeFrame {
    let key = Key(address: address, position: position)
    let generation = runner_symbol_generation()
    let known = state.withLock { state in
      if state.generation != generation { state = State(generation: generation) }
      return state.frames[key]
    }
    if let known { return known }
    let frame = CodeFrame(lookingUp: address, position)
    state.withLock { state in
      if state.frames.count >= Self.limit { state.frames = [:] }
      if state.generation == generation { state.frames[key] = frame }
    }
    return frame
  }
}
