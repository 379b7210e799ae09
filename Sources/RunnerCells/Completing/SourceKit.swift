private import CSourceKit

/// The toolchain's SourceKit, loaded into this process, which it can take down: `CellCompleter` keeps it in
/// one of its own.
struct SourceKit {
  private let service: OpaquePointer
  /// How many results are taken at most.
  private static let limit = 500

  /// Loads the library; `nil` when that is not what it is.
  init?(library: String) {
    guard let service = csk_start(library) else { return nil }
    self.service = service
  }

  /// Answers a question; blocks the calling thread.
  func completions(_ question: CompletionQuestion) -> [CellCompletion] {
    let file = question.arguments.last ?? ""
    let request =
      Self.request("open", file, question.offset) + [
        "key.sourcetext: \(Self.quoted(question.source))",
        "key.compilerargs: [\(question.arguments.map(Self.quoted).joined(separator: ", "))]",
        "key.codecomplete.options:",
        "  key.codecomplete.filtertext: \(Self.quoted(question.prefix))",
        "  key.codecomplete.requestlimit: \(Self.limit)",
        "  key.codecomplete.addinneroperators: 0",
        "  key.codecomplete.addinnerresults: 0",
      ]
    guard let response = send(request) else { return [] }
    defer {
      csk_free(service, response)
      if let closing = send(Self.request("close", file, question.offset)) {
        csk_free(service, closing)
      }
    }
    return (0..<csk_result_count(service, response)).compactMap { index in
      func text(_ key: String) -> String {
        csk_result_text(service, response, index, key).map { String(cString: $0) } ?? ""
      }
      // It would replace the dot: `?.count` of an optional.
      guard csk_result_number(service, response, index, "key.num_bytes_to_erase") == 0 else {
        return nil
      }
      return CellCompletion(
        source: text("key.sourcetext"), description: text("key.description"),
        type: text("key.typename"),
        kind: csk_result_kind(service, response, index).map { String(cString: $0) } ?? "")
    }
  }

  private func send(_ lines: [String]) -> OpaquePointer? {
    csk_send(service, lines.joined(separator: "\n"))
  }

  private static func request(_ name: String, _ file: String, _ offset: Int) -> [String] {
    [
      "key.request: source.request.codecomplete.\(name)", "key.name: \(quoted(file))",
      "key.sourcefile: \(quoted(file))", "key.offset: \(offset)",
    ]
  }

  /// A text as YAML has it between quotes.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\" + String(scalar)
      case "\n": result += "\\n"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        let digits = String(scalar.value, radix: 16)
        result += "\\x" + (digits.count == 1 ? "0" : "") + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
