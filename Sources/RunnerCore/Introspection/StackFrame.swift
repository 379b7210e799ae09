/// One function in the stack of a task, and the line in it.
public struct StackFrame: Hashable, Sendable {
  /// Which of a function's awaits it goes on after, as the compiler counts them from 1.
  public enum Resumption: Hashable, Sendable {
    /// The call of an async function.
    case await(Int)
    /// A suspension that is no call: a hop to another executor, a wait for a child.
    case suspension(Int)
  }

  /// The function in short: `fetch(_:)`; where it has no name, `program+0x1f40`.
  public var function: String
  /// The function as Swift spells it, with module and types; else as `function`.
  public var fullName: String
  /// Its Swift module; `nil` for other languages and where no name is known.
  public var module: String?
  /// The path of the file, as the compiler was given it; `nil` where the program was built without.
  public var path: String?
  /// The line, counted from 1; `nil` where it is not known.
  public var line: Int?
  /// Where it goes on; `nil` for a function that is being executed.
  public var resumption: Resumption?
  /// Whether it belongs to Swift's runtime, to this library, or to no source at all.
  public var isFolded: Bool

  public init(
    function: String, fullName: String? = nil, module: String? = nil, path: String? = nil,
    line: Int? = nil, resumption: Resumption? = nil, isFolded: Bool = false
  ) {
    self.function = function
    self.fullName = fullName ?? function
    self.module = module
    self.path = path
    self.line = line
    self.resumption = resumption
    self.isFolded = isFolded
  }
}

extension StackFrame {
  init(_ frame: CodeFrame) {
    self.init(
      function: frame.function, fullName: frame.fullName, module: frame.module,
      // The compiler gives line 0 to code of its own.
      path: frame.line.flatMap { $0.line > 0 ? $0.path : nil },
      line: frame.line.flatMap { $0.line > 0 ? $0.line : nil },
      resumption: frame.resumption.map {
        switch $0 {
        case .await(let number): .await(number)
        case .suspend(let number): .suspension(number)
        }
      },
      isFolded: frame.isFolded)
  }

  /// A line that the library has noted.
  init(_ site: SourceSite) {
    self.init(
      function: site.function, module: site.fileID.split(separator: "/").first.map(String.init),
      path: site.fileID, line: site.line)
  }
}

extension StackFrame {
  /// A suspended task's frames, with the lines that the library has noted for those that lack theirs.
  ///
  /// Optimized code may be without frames for functions that end in the call that waits: then the noted
  /// line is the innermost frame.
  static func join(_ frames: [StackFrame], _ noted: [StackFrame]) -> [StackFrame] {
    var frames = frames
    var missing: [StackFrame] = []
    for site in noted {
      guard let index = frames.firstIndex(where: { !$0.isFolded && $0.isSame(as: site) }) else {
        missing.append(site)
        continue
      }
      if frames[index].line == nil {
        (frames[index].path, frames[index].line) = (site.path, site.line)
      }
    }
    return missing + frames
  }

  /// Whether this frame is that of a noted line: of its function, or of a closure in that.
  private func isSame(as noted: StackFrame) -> Bool {
    if line != nil, line == noted.line, fileName == noted.fileName { return true }
    return function == noted.function || function.hasSuffix("." + noted.function)
      || function.hasSuffix(" in " + noted.function)
  }

  private var fileName: Substring? { path?.split(separator: "/").last }
}

extension SourceSite {
  /// The place of a frame, or `nil` where its line is not known.
  init?(_ frame: StackFrame) {
    guard let path = frame.path, let line = frame.line else { return nil }
    let file = path.split(separator: "/").last.map(String.init) ?? path
    self.init(
      fileID: frame.module.map { "\($0)/\(file)" } ?? file, line: line, function: frame.function)
  }

  func isAtSameLine(as other: SourceSite) -> Bool {
    line == other.line && fileName == other.fileName
  }
}
