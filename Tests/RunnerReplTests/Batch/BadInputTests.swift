import Testing

/// Lines that nobody should write: each is answered with a sentence, and nothing else happens.
@Suite(.timeLimit(.minutes(1)))
struct BadInputTests {
  @Test func `a line of 1 MB is refused with its size`() throws {
    let line = "run countdown(" + String(repeating: "1", count: 1 << 20) + ")\n"
    let result = try Batch([], input: .text(line)).finish()
    #expect(result.status == 2)
    #expect(result.output == "")
    #expect(
      result.errors == "stdin:1: This input has 1048591 bytes, at most 262144 are read; "
        + "nothing was executed.\n")
  }

  @Test func `a file in a folder that is not there, or a folder, is not written`() throws {
    let home = try Home()
    for (path, sentence) in [
      ("/nope/x", "The folder '/nope' does not exist; give the path of a file in a folder that"),
      (home.path, "The file '\(home.path)' cannot be written: it is a folder. Give the path of a"),
    ] {
      let result = try Batch(
        ["-c", "let n = 1", "-c", "save \(path)"], environment: Home.toolchain
      ).finish()
      #expect(result.status == 1)
      #expect(result.errors.hasPrefix("-c:2: \(sentence)"))
    }
  }

  @Test(arguments: ["200MiB", "2", "0", "much"])
  func `a limit of memory that is none is told what one is`(text: String) throws {
    let result = try Batch(["--memory-limit", text, "-c", "run countdown(0)"]).finish()
    #expect(result.status == 2)
    #expect(
      result.errors.hasPrefix(
        "Error: The value '\(text)' is invalid for '--memory-limit <size>': it takes a whole number "
          + "with MiB, GiB, MB or GB, at least 256MiB, as in 2GiB\n"))
  }

  @Test func `20 MB without an end of line do no harm`() throws {
    let bytes = [UInt8](repeating: UInt8(ascii: "x"), count: 20 << 20)
    let result = try Batch([], input: .bytes(bytes)).finish()
    #expect(result.status == 2)
    #expect(result.errors.hasPrefix("stdin:1: This input has "))
  }

  @Test(arguments: [
    ([0x70, 0x73, 0x20, 0x00, 0x0A], "The input has a NUL byte at character 4"),
    ([0x70, 0x73, 0x20, 0xFF, 0x0A], "The input has a byte that is not UTF-8 at character 4"),
    ([0x70, 0x73, 0x20, 0xC3, 0x0A], "The input has a byte that is not UTF-8 at character 4"),
    ([0xED, 0xA0, 0x80, 0x0A], "The input has a byte that is not UTF-8 at character 1"),
  ])
  func `bytes that are no text are refused with their place`(
    bytes: [UInt8], sentence: String
  ) throws {
    let result = try Batch([], input: .bytes(bytes)).finish()
    #expect(result.status == 2)
    #expect(result.output == "")
    #expect(result.errors == "stdin:1: \(sentence); nothing was executed.\n")
  }

  @Test func `control characters are refused, and never reach the terminal`() throws {
    let bell = try Batch([], input: .text("run\u{7}countdown(0)\r\n")).finish()
    #expect(bell.status == 2)
    #expect(bell.output == "")
    #expect(bell.errors.contains("the control character U+0007"))
    let fine = try Batch([], input: .text("run countdown(0)\r\n")).finish()
    #expect(fine.status == 0 && fine.output == "liftoff\n")
    let result = try Batch([], input: .text("non\u{1B}[2Jsense\n")).finish()
    #expect(result.status == 2)
    #expect(!result.errors.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
  }

  @Test func `a task's name cannot carry escape sequences to the terminal`() throws {
    let lines = "spawn sleep(60) --name 'a\u{9B}2Jb\u{1B}[31m'\nps\ntree\ntask 1\n"
    let result = try Batch([], input: .text(lines)).finish()
    #expect(result.status == 2)
    let shown = (result.output + result.errors).unicodeScalars
    #expect(!shown.contains { ($0.value < 0x20 && $0 != "\n") || (0x7F..<0xA0).contains($0.value) })
  }

  @Test func `an open bracket at the end of the input is named where it begins`() throws {
    let result = try Batch([], input: .text("run countdown(0)\nrun countdown(\n0\n")).finish()
    #expect(result.status == 2)
    #expect(result.output == "liftoff\n")
    #expect(
      result.errors == "stdin:2: The input ends inside an open bracket or quote; "
        + "nothing was executed.\n")
  }

  @Test func `brackets without an end are answered, however many`() throws {
    let text = "run countdown(" + String(repeating: "(", count: 100_000) + "\n"
    let result = try Batch([], input: .text(text)).finish()
    #expect(result.status == 2)
    #expect(result.errors.hasPrefix("stdin:1: "))
  }
}
