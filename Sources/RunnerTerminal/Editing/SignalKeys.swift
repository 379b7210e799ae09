internal import CEditLine

/// The characters that the person's terminal settings give the signals; Ctrl-C and its like.
///
/// While a line is edited they arrive as input, in order with what was typed before and after them.
struct SignalKeys: Hashable, Sendable {
  enum Action: Hashable, Sendable {
    case interrupt, quit, suspend
  }

  private var actions: [Unicode.Scalar: Action] = [:]

  init() {}

  /// Reads the settings of a terminal in line mode.
  init(_ terminal: Terminal) {
    var interrupt: UInt8 = 3
    var quit: UInt8 = 0x1C
    var suspend: UInt8 = 0x1A
    cedit_signal_keys(terminal.input, &interrupt, &quit, &suspend)
    for (key, action) in [(quit, Action.quit), (suspend, .suspend), (interrupt, .interrupt)]
    where key != 0 {
      actions[Unicode.Scalar(key)] = action
    }
  }

  func action(of character: Unicode.Scalar) -> Action? { actions[character] }
}
