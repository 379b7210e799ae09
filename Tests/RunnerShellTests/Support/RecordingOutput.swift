import RunnerShell
import Synchronization

/// An output that keeps what was written, in order, with its channel.
final class RecordingOutput: SessionOutput {
  struct Line: Equatable {
    var text: String
    var channel: OutputChannel
  }

  private let lines = Mutex<[Line]>([])

  func write(_ lines: [StyledLine], to channel: OutputChannel, _ spec: RenderSpec) {
    self.lines.withLock { kept in
      kept += lines.map { Line(text: StylePainter.paint($0, spec), channel: channel) }
    }
  }

  /// Returns what was written since the last call.
  func take() -> [Line] {
    lines.withLock { lines in
      defer { lines = [] }
      return lines
    }
  }

  /// Returns the texts that were written since the last call.
  func takeTexts() -> [String] { take().map(\.text) }
}
