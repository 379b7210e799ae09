import RunnerShell

/// A few lines of source, one of them hostile.
struct SmallSource: SourceReader {
  func line(_ number: Int, of path: String) -> String? {
    switch (path, number) {
    case ("/src/Work.swift", 41): "    let page = try await fetch(id)"
    case ("/src/Work.swift", 12): "  while true {}"
    case ("/src/Evil\n.swift", 3):
      "\u{1B}[2J" + String(repeating: "long ", count: 100_000)
    default: nil
    }
  }
}
