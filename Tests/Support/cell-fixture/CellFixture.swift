import Foundation
import Glibc
import RunnerCellRuntime
import RunnerCells
import RunnerCore
import RunnerExamples

/// Standard error, for what is never twice the same.
private struct StandardError: TextOutputStream {
  func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}

/// Plays the cells of a transcript on a runner and writes the transcript that comes of it.
///
/// `> ` begins a cell and `. ` continues it; all other lines of the input are left out. `:type`,
/// `:vars` and `:reset` are the engine's calls of these names; `:complete` tells what can follow a text, and
/// `:prepare` whether that had to be prepared; `:times` tells for each cell whether it was compiled, and on
/// standard error where the time went.
///
/// Given files, it plays those instead, each as a session of its own: cells between lines `//:`, of which
/// only what they print is shown.
@main struct CellFixture {
  private let engine = CellEngine(
    environment: ProcessInfo.processInfo.environment,
    completer: ["/proc/self/exe", "--completer"])
  private var showsTimes = false

  static func main() throws {
    if CommandLine.arguments.dropFirst().first == "--completer" {
      CompleterMain.run(library: CommandLine.arguments[2])
    }
    // The coroutines of the examples are part of this program because it names one.
    _ = CoroutineCatalogue.self
    var fixture = CellFixture()
    let files = CommandLine.arguments.dropFirst()
    guard files.isEmpty else {
      return try withRunner { runner in
        for file in files { try fixture.play(file: file, on: runner) }
      }
    }
    let cells = CellFixture.cells(ofLines: readInput())
    try withRunner { runner in
      for cell in cells { fixture.play(cell, on: runner) }
    }
  }

  private static func readInput() -> [Substring] {
    var text = ""
    while let line = readLine(strippingNewline: false) { text += line }
    return text.split(separator: "\n", omittingEmptySubsequences: false)
  }

  private static func cells(ofLines lines: [Substring]) -> [[Substring]] {
    var cells: [[Substring]] = []
    for line in lines {
      if line.hasPrefix("> ") {
        cells.append([line.dropFirst(2)])
      } else if line.hasPrefix(". ") || line == ".", !cells.isEmpty {
        cells[cells.count - 1].append(line.dropFirst(2))
      }
    }
    return cells
  }

  private func play(file: String, on runner: Runner) throws {
    write("== \(file)")
    engine.reset()
    for cell in try String(contentsOfFile: file, encoding: .utf8).components(separatedBy: "//:\n") {
      do {
        let built = try engine.build(cell)
        let engine = engine
        _ = try runner.run { try await engine.run(built) }
      } catch {
        write("\(error)")
      }
    }
  }

  private mutating func play(_ cell: [Substring], on runner: Runner) {
    for (index, line) in cell.enumerated() {
      write(index == 0 ? "> \(line)" : line.isEmpty ? "." : ". \(line)")
    }
    let text = cell.joined(separator: "\n")
    do {
      if text.hasPrefix(":type ") {
        write(try engine.build(String(text.dropFirst(6))).valueType ?? "no expression")
      } else if text == ":vars" {
        let engine = engine
        for value in try runner.run({ engine.variables() }) { write(value) }
      } else if text == ":reset" {
        engine.reset()
      } else if text.hasPrefix(":complete ") {
        complete(text.dropFirst(10))
      } else if text == ":prepare" {
        write("prepared: \(engine.warmUpCompletion())")
      } else if text == ":times" {
        showsTimes = true
      } else {
        try run(text, on: runner)
      }
    } catch let error as CellError {
      write(error.description)
    } catch {
      write("threw \(type(of: error)): \(error)")
    }
    fflush(nil)
  }

  private func complete(_ text: Substring) {
    let prefix = text.reversed().prefix { $0.isLetter || $0.isNumber || $0 == "_" }.reversed()
    let before = String(text.dropLast(prefix.count))
    for completion in engine.completions(after: before, prefix: String(prefix)) {
      write("\(completion.text) | \(completion.note)")
    }
  }

  private func run(_ text: String, on runner: Runner) throws {
    let cell = try engine.build(text)
    for warning in cell.warnings { write(warning.text) }
    if showsTimes {
      write("compiled: \(cell.times.compiling > .zero)")
      var standardError = StandardError()
      print(cell.times, to: &standardError)
    }
    let engine = engine
    let outcome = try runner.run { try await engine.run(cell) }
    for value in outcome.values { write(value) }
  }

  private func write(_ value: CellValue) {
    write("\(value.name): \(value.type) = \(value.text)")
  }

  private func write(_ line: String) { print(line) }
}
