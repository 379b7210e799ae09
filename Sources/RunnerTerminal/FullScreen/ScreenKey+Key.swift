internal import RunnerShell

extension ScreenKey {
  /// The key that a person pressed, as views know it; nil for one that means nothing there.
  init?(_ key: Key) {
    switch key {
    case .character(let scalar): self.init(scalar)
    case .escape: self = .escape
    case .paste(let text): self = .paste(text)
    case .function(let key?, _): self.init(key)
    case .function(nil, _), .meta: return nil
    }
  }

  private init?(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "\r", "\n": self = .enter
    case "\t": self = .tab
    case "\u{7F}", "\u{8}": self = .backspace
    case "\u{15}": self = .clearLine
    case "\u{10}": self = .up
    case "\u{E}": self = .down
    case "\u{2}": self = .pageUp
    case "\u{6}": self = .pageDown
    case "\u{4}": self = .interrupt
    case _ where scalar.value >= 0x20: self = .character(Character(scalar))
    default: return nil
    }
  }

  private init?(_ key: FunctionKey) {
    switch key {
    case .up: self = .up
    case .down: self = .down
    case .left: self = .left
    case .right: self = .right
    case .pageUp: self = .pageUp
    case .pageDown: self = .pageDown
    case .home: self = .home
    case .end: self = .end
    case .delete, .wordLeft, .wordRight, .shiftTab, .altEnter: return nil
    }
  }
}
