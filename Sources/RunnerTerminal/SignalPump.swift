internal import CEditLine
internal import Foundation
internal import Glibc

/// Turns signals into calls on a thread of its own.
///
/// A handler only writes the signal's number into a pipe. One pump is made for a process; it lives as long.
package final class SignalPump: Sendable {
  /// What to do on each signal; all are called on the pump's thread, and none may wait for the terminal.
  package struct Actions: Sendable {
    /// SIGINT: Ctrl-C while no line is edited, or a signal from outside at any time.
    package var interrupt: @Sendable () -> Void
    /// SIGWINCH.
    package var resized: @Sendable () -> Void
    /// SIGTSTP: must stop the process in the end.
    package var suspend: @Sendable () -> Void
    /// SIGCONT.
    package var resumed: @Sendable () -> Void
    /// SIGTERM, SIGHUP and SIGQUIT, just before the terminal is restored and the process dies of the signal.
    package var dying: @Sendable (_ signal: Int32) -> Void = { _ in }

    package init(
      interrupt: @escaping @Sendable () -> Void, resized: @escaping @Sendable () -> Void = {},
      suspend: @escaping @Sendable () -> Void = { SignalPump.stopProcess() },
      resumed: @escaping @Sendable () -> Void = {}
    ) {
      self.interrupt = interrupt
      self.resized = resized
      self.suspend = suspend
      self.resumed = resumed
    }

    /// The actions of a program that edits its lines here; `interrupt` is for when no line is edited.
    package init(reader: EditLineReader, interrupt: @escaping @Sendable () -> Void) {
      self.init(
        interrupt: {
          // The reader first: when what runs has ended, the next line may not begin with old input.
          let isForLine = reader.isEditing
          reader.interrupt()
          if !isForLine { interrupt() }
        },
        resized: { reader.resized() },
        suspend: { reader.suspend() },
        resumed: { reader.resumed() })
    }

    /// The actions of a program that reads its lines here; `interrupt` is for when no line is read.
    package init(reader: PlainLineReader, interrupt: @escaping @Sendable () -> Void) {
      self.init(interrupt: { if reader.isReading { reader.interrupt() } else { interrupt() } })
    }
  }

  private static let signals = [
    SIGINT, SIGWINCH, SIGTSTP, SIGCONT, SIGTERM, SIGHUP, SIGQUIT,
  ]
  private let readEnd: Int32
  private let writeEnd: Int32

  /// Starts to receive signals; nil when the process has no descriptors left.
  ///
  /// A signal that the process was started to ignore stays ignored.
  package init?(_ actions: Actions) {
    var ends: [Int32] = [-1, -1]
    guard cedit_pipe(&ends) else { return nil }
    (readEnd, writeEnd) = (ends[0], ends[1])
    for signal in Self.signals { _ = cedit_signal_to_descriptor(signal, writeEnd) }
    Thread.detachNewThread { [readEnd] in Self.pump(readEnd, actions) }
  }

  /// Stops the process as SIGTSTP does by default, until someone continues it.
  package static func stopProcess() {
    cedit_raise_default(SIGTSTP)
  }

  /// Names the process that shares the terminal: it stops just before this one does for Ctrl-Z, and goes on with it.
  ///
  /// A read of the terminal in which it waits would take the next line from the shell.
  package static func stopTogether(with process: Int32?) {
    cedit_stop_with(process ?? 0)
  }

  private static func pump(_ descriptor: Int32, _ actions: Actions) {
    var number: UInt8 = 0
    while Waiting.forInput(descriptor, milliseconds: -1) {
      guard read(descriptor, &number, 1) == 1 else { continue }
      switch Int32(number) {
      case SIGINT: actions.interrupt()
      case SIGWINCH: actions.resized()
      case SIGTSTP: actions.suspend()
      case SIGCONT: actions.resumed()
      case let signal:
        actions.dying(signal)
        cedit_crash_guard_restore()
        cedit_raise_default(signal)
      }
    }
  }
}
