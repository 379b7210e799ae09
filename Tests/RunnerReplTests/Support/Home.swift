import Foundation

/// A home of its own for one program: no history, and no setting but that the prompt has no counts, so that it is
/// always the same; it goes away with its last owner.
final class Home {
  private static let settings = "set counts off\n"
  let path: String

  init() throws {
    path =
      FileManager.default.temporaryDirectory
      .appendingPathComponent("runner-repl-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try write("", to: initPath)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// What a program is told about its surroundings; nothing of the tests' own is passed on.
  var environment: [String: String] {
    var variables = [
      "HOME": path, "PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8",
      "TERM": "xterm-256color", "SWIFT_BACKTRACE": "enable=no",
    ]
    variables["LD_LIBRARY_PATH"] = ProcessInfo.processInfo.environment["LD_LIBRARY_PATH"]
    return variables
  }

  /// What a program needs besides to find the compiler.
  static let toolchain: [String: String] = {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    return ["PATH": path]
  }()

  var historyPath: String { "\(path)/.local/state/runner-repl/history" }
  var initPath: String { "\(path)/.config/runner-repl/init" }

  /// Writes a file with the folders above it, and returns its path; a name is relative to the home.
  ///
  /// An init file begins with the settings of all tests.
  @discardableResult
  func write(_ text: String, to name: String) throws -> String {
    let file = name.hasPrefix("/") ? name : "\(path)/\(name)"
    try FileManager.default.createDirectory(
      at: URL(fileURLWithPath: file).deletingLastPathComponent(),
      withIntermediateDirectories: true)
    let text = file == initPath ? Self.settings + text : text
    try Data(text.utf8).write(to: URL(fileURLWithPath: file))
    return file
  }

  /// The history file's lines.
  func history() throws -> [String] {
    try String(contentsOfFile: historyPath, encoding: .utf8)
      .split(separator: "\n").map(String.init)
  }

  /// The permissions of a file.
  func mode(of path: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    return (attributes[.posixPermissions] as? NSNumber)?.intValue ?? -1
  }
}
