import Dispatch
import Foundation
import RunnerCellRuntime
import RunnerCells
import RunnerCore
import RunnerExamples
import RunnerShell
import RunnerWorker
import Synchronization

/// Swift as the worker compiles it.
final class CompiledSwift: SwiftSource {
  private let engine = CellEngine(
    environment: ProcessInfo.processInfo.environment,
    completer: ["/proc/self/exe", "--completer"])
  /// What is missing for Swift at the prompt, as a sentence; `nil` when a compiler is there.
  static var missing: String? {
    do throws(CellError) {
      try RunnerCells.Toolchain.checkPresence(environment: ProcessInfo.processInfo.environment)
      return nil
    } catch {
      return error.message
    }
  }

  /// How stacks are to show what this makes of cells.
  static let toolCode = ToolCode(
    modules: ["RunnerCellRuntime", "RunnerCells", "RunnerMonitor", "RunnerWorker", "runner_repl"],
    generatedFile: "generated", prefix: "_cell_", word: "cell", modulePrefix: "Cell")

  /// The builds in progress.
  private let builds = Mutex<[ObjectIdentifier: BuildControl]>([:])

  /// Creates a compiler that gives cells numbers from `firstCell` on.
  init(firstCell: Int) { engine.skip(to: firstCell) }

  var isAvailable: Bool { (try? engine.prepare()) != nil }

  func compile(_ cell: CellRequest) throws -> CompiledCell {
    let clock = ContinuousClock()
    let start = clock.now
    let built = try build(cell)
    let values = Mutex<[CellValue]>([])
    let engine = engine
    return CompiledCell(
      number: built.number,
      coroutine: NamedCoroutine(name: "cell \(built.number)") {
        let outcome = try await engine.run(built)
        values.withLock { $0 = outcome.values }
        return outcome.values.last { $0.name == "_" }.map { ValueSnapshot($0) }
      },
      bindings: { values.withLock { $0 }.filter { $0.name != "_" }.map { ValueBinding($0) } },
      declaredNames: built.parts.declarations.map(\.name), compileTime: clock.now - start,
      warnings: built.warnings.map { CellDiagnostic($0) })
  }

  /// A call of a coroutine is awaited, whether that is written or not; so is what it throws.
  func compile(expression: CellRequest) throws -> CompiledCell {
    var awaited = expression
    awaited.source = Self.awaiting + expression.source
    do {
      var compiled = try compile(awaited)
      // Whatever needs no 'try' or no 'await' is as good.
      compiled.warnings = []
      compiled.coroutine.name = ExpressionName.of(expression.source)
      return compiled
    } catch let rejection as CellRejection {
      throw CellRejection(diagnostics: rejection.diagnostics.map { $0.shifted(expression) })
    }
  }

  fileprivate static let awaiting = "try await "

  func type(of expression: CellRequest) throws -> String {
    guard let type = try build(expression).valueType else {
      throw RunnerError(
        .invalidArgument, "That is no expression, so it has no type; give one, as in 'type 1 + 1'.")
    }
    return type
  }

  func variables() -> [ValueBinding] { engine.variables().map { ValueBinding($0) } }

  func completions(after text: String, prefix: String) -> [SwiftCompletion] {
    if text.isEmpty, prefix.isEmpty {
      // A cell that is on its way comes first.
      if builds.withLock(\.isEmpty) { engine.warmUpCompletion() }
      return []
    }
    return engine.completions(after: text, prefix: prefix).map {
      SwiftCompletion(text: $0.text, note: $0.note)
    }
  }

  func warmUp() {
    DispatchQueue.global().async { [engine] in engine.warmUp() }
  }

  func give(runners: @escaping @Sendable () -> [Runner]) {
    engine.give(
      GivenObjects(type: "RunnerCore.Runner") { runners().map { (name: $0.name, object: $0) } })
  }

  func forget() { engine.reset() }

  func abandon() {
    for control in builds.withLock({ Array($0.values) }) { control.cancel() }
  }

  private func build(_ cell: CellRequest) throws -> BuiltCell {
    let control = BuildControl()
    builds.withLock { $0[ObjectIdentifier(control)] = control }
    defer { builds.withLock { $0[ObjectIdentifier(control)] = nil } }
    do throws(CellError) {
      return try engine.build(
        cell.source, name: cell.file, firstLine: cell.firstLine, number: cell.number,
        control: control)
    } catch {
      switch error.code {
      case .rejected:
        throw CellRejection(diagnostics: error.diagnostics.map { CellDiagnostic($0) })
      case .cancelled: throw RunnerError(.abandoned, error.message)
      case .noToolchain, .otherVersion, .noModules: throw RunnerError(.unavailable, error.message)
      case .empty, .incomplete: throw RunnerError(.invalidArgument, error.message)
      case .failed: throw RunnerError(.system, error.message)
      }
    }
  }
}

/// What the prompt knows of Swift without the compiler.
struct ParsedSwift: SwiftGrammar {
  func isUnfinished(_ text: String) -> Bool { CellReading.isUnfinished(text) }

  func parses(_ text: String) -> Bool { CellReading.parses(text) }

  func onlyDeclares(_ text: String) -> Bool { CellReading.onlyDeclares(text) }

  func plainFile(of cells: [CellBook.Cell], runners: [String]) throws -> String {
    do throws(CellError) {
      return try PlainSwift.text(
        of: cells.map(\.request.source), numbers: cells.map(\.number),
        examples: Set(CoroutineCatalogue.entries.map(\.name)), runners: runners)
    } catch {
      throw CommandError(.failed, error.message)
    }
  }

  func indentation(after text: String) -> Int {
    switch CellReading.ending(of: text) {
    case .code(let openBrackets): 2 * openBrackets
    // Text and remarks look as the person likes.
    case .literal, .comment: Self.indentationOfLastLine(text)
    }
  }

  func tokens(of text: String) -> [SwiftToken] {
    CellToken.of(text).map { token in
      switch token.kind {
      case .keyword: SwiftToken(token.range, .keyword)
      case .string: SwiftToken(token.range, .string)
      case .number: SwiftToken(token.range, .number)
      case .comment: SwiftToken(token.range, .comment)
      }
    }
  }
}

extension ValueSnapshot {
  fileprivate init(_ value: CellValue) {
    self.init(type: value.type, text: value.text)
  }
}

extension ValueBinding {
  fileprivate init(_ value: CellValue) {
    self.init(name: value.name, value: ValueSnapshot(value))
  }
}

extension CellDiagnostic {
  fileprivate init(_ diagnostic: CompilerDiagnostic) {
    let severity: Severity =
      switch diagnostic.severity {
      case .error: .error
      case .warning: .warning
      case .note, .remark: .note
      }
    self.init(
      severity: severity, message: diagnostic.message,
      position: diagnostic.place.map {
        Position(
          file: $0.source, line: $0.line, column: $0.column, length: diagnostic.markedLength)
      },
      sourceLine: diagnostic.sourceLine,
      fixIts: diagnostic.fix.map { ["'" + $0.trimmingCharacters(in: .whitespaces) + "'"] } ?? [],
      notes: diagnostic.notes.map { CellDiagnostic($0) })
  }
}

extension CompilerDiagnostic {
  /// How many characters the compiler underlines at the place itself.
  fileprivate var markedLength: Int {
    guard let marks, let start = marks.firstIndex(of: "^") else { return 1 }
    return 1 + marks[marks.index(after: start)...].prefix { $0 == "~" }.count
  }
}

extension CellDiagnostic {
  /// The same at the place in the person's expression, which has no words of ours before it.
  fileprivate func shifted(_ expression: CellRequest) -> CellDiagnostic {
    var result = self
    result.notes = notes.map { $0.shifted(expression) }
    let words = CompiledSwift.awaiting
    guard let position, position.line == expression.firstLine, sourceLine?.hasPrefix(words) ?? false
    else { return result }
    result.sourceLine = sourceLine.map { String($0.dropFirst(words.count)) }
    result.position?.column = max(1, position.column - words.utf8.count)
    return result
  }
}
