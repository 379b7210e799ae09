/// A place in source code: where something was created, or where a task waits.
public struct SourceSite: Hashable, Sendable, CustomStringConvertible {
  /// The module and file, as `#fileID` gives it: `RunnerExamples/Ticker.swift`.
  public var fileID: String {
    get { texts.fileID }
    set { texts = Texts(newValue, line, function) }
  }

  /// The line, counted from 1.
  public var line: Int {
    get { texts.line }
    set { texts = Texts(fileID, newValue, function) }
  }

  /// The enclosing function, as `#function` gives it: `ticker(every:)`.
  public var function: String {
    get { texts.function }
    set { texts = Texts(fileID, line, newValue) }
  }

  /// One word, that copies share: the pictures of very many tasks have the same places.
  private var texts: Texts

  private final class Texts: Sendable {
    let fileID: String
    let line: Int
    let function: String

    init(_ fileID: String, _ line: Int, _ function: String) {
      self.fileID = fileID
      self.line = line
      self.function = function
    }
  }

  /// Creates a place from the literals `#fileID`, `#line` and `#function`.
  public init(fileID: String, line: Int, function: String) {
    texts = Texts(fileID, line, ToolCode.spelling(of: function, in: fileID))
  }

  /// The file's name without its module: `Ticker.swift`.
  public var fileName: String {
    fileID.split(separator: "/").last.map(String.init) ?? fileID
  }

  public var description: String { "\(function) at \(fileName):\(line)" }

  public static func == (left: SourceSite, right: SourceSite) -> Bool {
    left.texts === right.texts
      || left.line == right.line && left.function == right.function && left.fileID == right.fileID
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(fileID)
    hasher.combine(line)
    hasher.combine(function)
  }
}
