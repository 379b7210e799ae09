/// A place in source code: where something was created, or where a task waits.
public struct SourceSite: Hashable, Sendable, CustomStringConvertible {
  /// The module and file, as `#fileID` gives it: `RunnerExamples/Ticker.swift`.
  public var fileID: String

  /// The line, counted from 1.
  public var line: Int

  /// The enclosing function, as `#function` gives it: `ticker(every:)`.
  public var function: String

  /// Creates a place from the literals `#fileID`, `#line` and `#function`.
  public init(fileID: String, line: Int, function: String) {
    self.fileID = fileID
    self.line = line
    self.function = ToolCode.spelling(of: function, in: fileID)
  }

  /// The file's name without its module: `Ticker.swift`.
  public var fileName: String {
    fileID.split(separator: "/").last.map(String.init) ?? fileID
  }

  public var description: String { "\(function) at \(fileName):\(line)" }
}
