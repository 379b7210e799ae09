/// Which code belongs to a tool that runs other people's code: lists leave it out, and spell what the
/// tool has made of that code in words.
package struct ToolCode: Sendable {
  /// The tool's own modules.
  package var modules: Set<String>
  /// The file that generated code says it stands in.
  package var generatedFile: String
  /// How the names of generated functions and variables begin, and the word for what they hold.
  package var prefix: String
  package var word: String
  /// How the modules of what is made are called, before a number.
  package var modulePrefix: String

  package init(
    modules: Set<String>, generatedFile: String, prefix: String, word: String,
    modulePrefix: String = ""
  ) {
    self.modulePrefix = modulePrefix
    self.modules = modules
    self.generatedFile = generatedFile
    self.prefix = prefix
    self.word = word
  }

  private static let current = LockedValue<ToolCode?>(nil)

  /// Tells how to list the tool's code, from the first look on; a program has one such tool at most.
  package static func install(_ tool: ToolCode) { current.withLock { $0 = tool } }

  /// Spells the frame as the tool wants it.
  static func apply(to frame: inout CodeFrame) {
    guard let tool = current.withLock({ $0 }), frame.role == .program else { return }
    if frame.module.map(tool.modules.contains) ?? false
      || frame.line?.path == tool.generatedFile
    {
      frame.role = .library
    }
    frame.function = tool.spelling(of: frame.function)
  }

  /// Spells the function of a place in source, as `#function` gives it, as the tool wants it.
  static func spelling(of function: String, in fileID: String) -> String {
    // Nearly all begin with a small letter: they must not wait for a lock.
    guard let first = function.utf8.first, first < UInt8(ascii: "a"),
      let tool = current.withLock({ $0 })
    else { return function }
    // The code at the top of a file is called by its module.
    let isTop =
      !tool.modulePrefix.isEmpty && function.hasPrefix(tool.modulePrefix)
      && function.dropFirst(tool.modulePrefix.count).allSatisfy(\.isNumber)
      && fileID.hasPrefix(function + "/")
    return isTop ? tool.word : tool.spelling(of: function)
  }

  /// Returns `closure #2` of `closure #2 in closure #1 in _cell_3`, and the word of what is all made.
  private func spelling(of name: String) -> String {
    var parts = NameScanner.split(name[...], at: " in ").map(String.init)
    guard let last = parts.last, last.hasPrefix(prefix) else { return name }
    parts.removeLast()
    // A variable holds its code in a closure.
    if !last.hasSuffix(")"), parts.last?.hasPrefix("closure #") ?? false { parts.removeLast() }
    return parts.isEmpty ? word : parts.joined(separator: " in ")
  }
}
