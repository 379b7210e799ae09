import RunnerCore
import RunnerShell
import Testing

/// Files after `load` and `save`.
@Suite struct FileCompletionTests {
  /// A few folders in memory.
  private struct Folders: SourceReader {
    func line(_ number: Int, of path: String) -> String? { nil }

    func entries(ofFolder path: String) -> [FileEntry] {
      func entries(_ names: String...) -> [FileEntry] {
        names.map { FileEntry(name: String($0.prefix { $0 != "/" }), isFolder: $0.hasSuffix("/")) }
      }
      return switch path {
      case "":
        entries(
          "README.md", "Sources/", "Spec.swift", ".build/", ".init", "my file.swift", "my dir/")
      case "Sources/", "my dir/": entries("a.swift", "it's", "bad\nname")
      case "~/", "~": entries("notes/")
      case "/": entries("tmp/", "etc/")
      case "/tmp/": entries("x")
      case "many/": (100..<2000).map { FileEntry(name: "f\($0)", isFolder: false) }
      default: []
      }
    }
  }

  private func completions(_ text: String) -> LineCompletions {
    let session = Session(
      controller: Scenario.busy.controller, catalog: SmallCatalog(), output: RecordingOutput(),
      sources: Folders())
    return ShellAssistant(session, limit: .seconds(30), shortLimit: .seconds(30))
      .completions(of: text, at: text.unicodeScalars.count)
  }

  @Test(arguments: [
    ("load READ", ["README.md"]), ("save READ", ["README.md"]),
    (":load S", ["Sources/", "Spec.swift"]),
    ("load /t", ["/tmp/"]), ("load /tmp/", ["/tmp/x"]), ("load ~", ["~/"]),
    ("load ~/", ["~/notes/"]),
    ("load .", [".build/", ".init"]), ("load .b", [".build/"]), ("load ..", ["../"]),
    ("save --plain READ", ["README.md"]), ("save --pl", ["--plain"]), ("load README.md ", []),
    ("load nowhere/", []), ("load Sources/a", ["Sources/a.swift"]), ("loa", ["load"]),
    // Names with blanks and quotes as the parser of commands reads them.
    ("load my", ["\"my dir/", "\"my file.swift\""]), ("load 'my f", ["'my file.swift'"]),
    ("load \"my d", ["\"my dir/"]), ("load \"my dir/i", ["\"my dir/it's\""]),
    ("load 'my dir/i", ["\"my dir/it's\""]), ("load Sources/i", ["\"Sources/it's\""]),
    ("load 'READ", ["'README.md'"]), ("load \"my dir\"/a", ["\"my dir/a.swift\""]),
  ])
  func `rule 12: load and save complete files and folders`(text: String, expected: [String]) {
    #expect(completions(text).candidates.map(\.text) == expected)
  }

  @Test func `all of the word is replaced, quotes too`() {
    #expect(completions("load READ").start == 5)
    #expect(completions("  load 'my f").start == 7)
    #expect(completions("save --plain \"my d").start == 13)
    #expect(completions("load é").start == 5)
  }

  @Test func `what is hidden or has control characters is not offered`() {
    #expect(
      completions("load ").candidates.map(\.text)
        == ["README.md", "Sources/", "Spec.swift", "\"my dir/", "\"my file.swift\""])
    #expect(completions("load Sources/").candidates.count == 2)
  }

  @Test
  func `of many files 500 are offered, with the last one, so that what they begin with is right`() {
    let names = completions("load many/").candidates.map(\.text)
    #expect(names.count == 500 && names.first == "many/f100" && names.last == "many/f999")
  }

  @Test func `each way to go on is read as the path that is meant`() {
    for candidate in completions("load my").candidates + completions("load 'my dir/").candidates {
      let word = candidate.text.hasSuffix("/") ? candidate.text + "\"" : candidate.text
      #expect(WordScanner.words(word)?.count == 1)
    }
  }
}
