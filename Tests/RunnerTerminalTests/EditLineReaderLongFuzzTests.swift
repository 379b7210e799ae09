import Foundation
import TerminalTesting
import Testing

/// What the environment says about a long run.
enum FuzzRun {
  private static let environment = ProcessInfo.processInfo.environment
  static let bytes = environment["FUZZ_BYTES"].flatMap { Int($0) } ?? 0
  static let firstSeed = environment["FUZZ_SEED"].flatMap { Int($0) } ?? 1
  static let seeds = firstSeed..<(firstSeed + (environment["FUZZ_SEEDS"].flatMap { Int($0) } ?? 5))
}

/// As many random bytes and keys as `FUZZ_BYTES` says, shared out among seeds; `make fuzz` runs it with the editor
/// under AddressSanitizer.
@Suite(.serialized, .timeLimit(.minutes(30)))
struct EditLineReaderLongFuzzTests {
  private static let keys: [String] =
    ["a", "{", "}", " ", "\t", "世", "e\u{301}", "👩\u{200D}💻", "\u{8}", "\u{7F}", "\r"]
    + ["[A", "[B", "[C", "[D", "OH", "OF", "[3~", "[1;5C", "[1;5D", "[1;3C", "[Z", "[15~"].map {
      "\u{1B}\($0)"
    }
    + [
      "b", "f", "d", "u", "x", "$", "0", "dw", "cw", "rx", "/", "?", "n", "v", ":", "\r", ".", "<",
      "k", "3j", "dd", "2dd", "cc", "yy", "p", "P", "o", "O", "A", "D", "d2k", "99x", "d$", "..",
      "5",
    ].map {
      "\u{1B}\($0)"
    }
    + ["\u{1B}[200~paste\rlines\r\u{1B}[201~", "\u{1B}[200~\u{1B}[31m世\u{0}\u{1B}[201~", "\u{12}"]
    + (1...0x1F).filter { !unwanted.contains($0) }.map { String(Unicode.Scalar($0)) }

  /// Bytes that end or stop the program, as they should.
  private static let unwanted: Set<UInt8> = [4, 0x1A, 0x1C]

  @Test(
    .enabled(if: FuzzRun.bytes > 0, "FUZZ_BYTES says how many."), arguments: ["emacs", "vi"],
    FuzzRun.seeds)
  func `random bytes and keys leave an editor that answers, and a terminal as it was`(
    map: String, seed: Int
  ) throws {
    let home = try TemporaryFolder()
    try home.write(map == "vi" ? "bind -v\n" : "bind -e\n", to: ".editrc")
    let terminal = try FixtureTerminal(
      columns: 30, rows: 6, history: "one\nf {\\n  long entry\\n}\nthree 世界\n", home: home,
      environment: ["ASAN_OPTIONS": "detect_leaks=0:abort_on_error=1"],
      // Between two lines Ctrl-S would stop the output, and the kernel keeps Ctrl-C back, too, once 4 KB of lines wait.
      flowControl: false
    ).terminal
    var generator = SeededGenerator(seed: UInt64(seed))
    let share = FuzzRun.bytes / (2 * FuzzRun.seeds.count)
    var sent = 0
    var round = 0
    while sent < share {
      let end = sent + min(5000, share - sent)
      while sent < end {
        let piece = self.piece(&generator)
        terminal.send(piece)
        sent += piece.count
        if Int.random(in: 0..<60, using: &generator) == 0 {
          terminal.resize(
            columns: Int.random(in: 2...60, using: &generator),
            rows: Int.random(in: 1...20, using: &generator))
        }
      }
      round += 1
      try expectAnswer(terminal, "alive\(seed)x\(round)")
    }
    terminal.send("\u{15}\u{4}")
    #expect(try terminal.waitForExit() == 0)
    #expect(terminal.isCooked)
    #expect(!terminal.screen.modes.contains("2004"))
  }

  private func piece(_ generator: inout SeededGenerator) -> [UInt8] {
    if Int.random(in: 0..<3, using: &generator) > 0 {
      return Array((Self.keys.randomElement(using: &generator) ?? "").utf8)
    }
    return (0..<Int.random(in: 1...12, using: &generator)).map { _ in
      UInt8.random(in: 0...255, using: &generator)
    }.filter { !Self.unwanted.contains($0) }
  }

  /// Ends whatever has begun, and has a line repeated.
  private func expectAnswer(_ terminal: PseudoTerminal, _ word: String) throws {
    terminal.resize(columns: 60, rows: 20)
    terminal.send("\u{1B}[201~")
    while terminal.read(milliseconds: 100) {}
    terminal.send("\u{3}")
    try terminal.wait(for: "a prompt after ^C", seconds: 60) {
      $0.currentLine == "fixture>" && !terminal.isCooked
    }
    terminal.send("\u{15}first")
    try? terminal.wait(for: "the line or its end", seconds: 2) {
      $0.currentLine == "fixture> first"
    }
    terminal.send("\u{15}\(word)\r")
    try terminal.waitForText("<\"\(word)\">", seconds: 60)
    try terminal.wait(for: "the prompt", seconds: 60) { $0.currentLine == "fixture>" }
  }
}
