import RunnerShell
import Testing

@Suite struct ScriptSplitterTests {
  @Test func `what stands between command lines is a cell, with the line on which it begins`() {
    let lines = [
      "#!/usr/bin/env runner-repl -f", "let n = 3", "", "print(n)", "  //: ps --all", "// a remark",
      "//:", "", "if n > 2 {", "}", "//: start main", "",
    ]
    #expect(
      ScriptSplitter.parts(of: lines) == [
        .swift("let n = 3\n\nprint(n)", line: 2), .command("ps --all", line: 5),
        .swift("// a remark", line: 6), .swift("\nif n > 2 {\n}", line: 8),
        .command("start main", line: 11),
      ])
  }

  @Test(arguments: [
    ("a.swift", ["ps"], true), ("a.txt", ["ps"], false), ("a.txt", ["ps", "//: ps"], true),
    ("swift", [], false),
  ])
  func `a script is a Swift file, or has a command line`(
    name: String, lines: [String], expected: Bool
  ) {
    #expect(ScriptSplitter.isScript(lines, name: name) == expected)
  }
}
