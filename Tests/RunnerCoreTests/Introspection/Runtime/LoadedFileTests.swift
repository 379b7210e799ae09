import Glibc
import Testing

@testable import RunnerCore

/// Programs whose files say less than they should, or nonsense.
@Suite(.timeLimit(.minutes(3))) struct LoadedFileTests {
  /// Runs a copy of the fixture whose bytes were changed, and returns what it prints.
  private func run(
    tier: String? = nil, changing change: (inout [UInt8]) -> Void = { _ in }
  ) throws -> [String] {
    var bytes = try readFile(ChildProcess.path(of: "inspection-fixture"))
    change(&bytes)
    let name = "inspection-copy-\(getpid())-\(UInt32.random(in: 0 ... .max))"
    let path = ChildProcess.path(of: name)
    try write(bytes, to: path)
    defer { unlink(path) }
    let child = try ChildProcess(
      name, environment: tier.map { ["RUNNER_INTROSPECTION=\($0)"] } ?? [])
    let lines = child.lines()
    #expect(child.wait() == .exited(0))
    #expect(lines.last == "done")
    return lines
  }

  @Test func `a program as it was built names its functions and lines`() throws {
    let lines = try run()
    #expect(lines.first == "tier full ")
    #expect(lines.contains("task suspended"))
    let frame = lines.first { $0.hasPrefix("frame waitSomewhere(_:) ") }
    #expect(frame?.hasPrefix("frame waitSomewhere(_:) InspectionFixture.swift:") == true)
  }

  @Test(arguments: [
    ("public", "tier public RUNNER_INTROSPECTION is 'public'.", "task known"),
    ("off", "tier off RUNNER_INTROSPECTION is 'off'.", "task unknown"),
  ])
  func `the environment chooses the tier`(tier: String, first: String, task: String) throws {
    let lines = try run(tier: tier)
    #expect(lines.first == first)
    #expect(lines.contains(task))
    #expect(!lines.contains { $0.hasPrefix("frame") })
  }

  @Test func `a stripped program names the file and the place in it`() throws {
    let lines = try run { bytes in
      for section in ElfSections(bytes) where [2].contains(section.type) {
        section.setType(0, in: &bytes)
      }
      for section in ElfSections(bytes) where section.name.hasPrefix(".debug") {
        section.setType(0, in: &bytes)
        section.setSize(0, in: &bytes)
      }
    }
    #expect(lines.first == "tier full ")
    #expect(lines.contains("task suspended"))
    let unnamed = lines.filter { $0.hasPrefix("frame inspection-copy") }
    #expect(!unnamed.isEmpty)
    #expect(unnamed.allSatisfy { $0.contains("+0x") && $0.hasSuffix(" -") })
    // The toolchain's libraries have their symbols still.
    #expect(lines.contains { $0.hasPrefix("frame completeTask") })
  }

  @Test func `a file without sections is not looked at`() throws {
    let lines = try run { bytes in for index in 60..<64 { bytes[index] = 0 } }
    #expect(lines.contains { $0.hasPrefix("frame inspection-copy") })
  }

  @Test(arguments: 0..<12)
  func `damaged tables give less, and never a crash`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    _ = try run { bytes in
      for section in ElfSections(bytes)
      where [".symtab", ".strtab", ".debug_line", ".debug_str"].contains(section.name) {
        let range = section.range(in: bytes)
        guard !range.isEmpty else { continue }
        for _ in 0..<max(64, range.count / 64) {
          bytes[Int.random(in: range, using: &random)] = UInt8.random(in: 0...255, using: &random)
        }
      }
      if seed % 3 == 0 {
        // The section headers themselves: types, offsets, sizes, links.
        let headers = ElfSections(bytes)
        for _ in 0..<20 {
          bytes[Int.random(in: headers.range, using: &random)] = UInt8.random(
            in: 0...255, using: &random)
        }
      }
    }
  }

  private func readFile(_ path: String) throws -> [UInt8] {
    let file = try #require(fopen(path, "r"))
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      if count == 0 { return bytes }
      bytes += buffer[..<count]
    }
  }

  private func write(_ bytes: [UInt8], to path: String) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o755)
    try #require(descriptor >= 0)
    defer { close(descriptor) }
    #expect(
      bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) } == bytes.count)
  }
}

/// The section headers of a 64-bit ELF file.
private struct ElfSections: Sequence {
  struct Section {
    let start: Int
    let name: String
    let type: UInt32
    private let offset: Int
    private let size: Int

    init(_ bytes: [UInt8], at start: Int, names: Int) {
      self.start = start
      let name = names + number(bytes, start, 4)
      self.name = String(decoding: bytes[name...].prefix { $0 != 0 }, as: UTF8.self)
      type = UInt32(number(bytes, start + 4, 4))
      offset = number(bytes, start + 24, 8)
      size = number(bytes, start + 32, 8)
    }

    func range(in bytes: [UInt8]) -> Range<Int> { offset..<Swift.min(offset + size, bytes.count) }

    func setType(_ type: UInt8, in bytes: inout [UInt8]) {
      bytes.replaceSubrange(start + 4..<start + 8, with: [type, 0, 0, 0])
    }

    func setSize(_ size: UInt8, in bytes: inout [UInt8]) {
      bytes.replaceSubrange(start + 32..<start + 40, with: [size, 0, 0, 0, 0, 0, 0, 0])
    }
  }

  private let sections: [Section]
  let range: Range<Int>

  init(_ bytes: [UInt8]) {
    let start = number(bytes, 40, 8)
    let count = number(bytes, 60, 2)
    let names = number(bytes, start + 64 * number(bytes, 62, 2) + 24, 8)
    sections = (0..<count).map { Section(bytes, at: start + 64 * $0, names: names) }
    range = start..<start + 64 * count
  }

  func makeIterator() -> IndexingIterator<[Section]> { sections.makeIterator() }
}

/// A little-endian number.
private func number(_ bytes: [UInt8], _ start: Int, _ size: Int) -> Int {
  (0..<size).reversed().reduce(0) { $0 << 8 | Int(bytes[start + $1]) }
}
