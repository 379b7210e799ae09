import RunnerCore
import RunnerWorker

/// A compiler that knows a few cells by their text.
final class ScriptedCompiler: SwiftSource {
  let isAvailable: Bool
  let count = LockedValue(0)
  let abandonments = LockedValue(0)

  init(isAvailable: Bool = true) {
    self.isAvailable = isAvailable
  }

  func compile(_ cell: CellRequest) throws -> CompiledCell {
    guard !cell.source.contains("wrong") else {
      throw CellRejection(diagnostics: [CellDiagnostic(severity: .error, message: "it is wrong")])
    }
    count.withLock { $0 += 1 }
    let (source, number) = (cell.source, count.withLock { $0 })
    return CompiledCell(
      number: number,
      coroutine: NamedCoroutine(name: "cell \(number)") {
        if source.contains("sleep") { try await sleep(3600) }
        if source.contains("spin") { _ = try await ScriptedSource().coroutine(for: "spin").body() }
        return ValueSnapshot(type: "Int", text: "4")
      },
      bindings: { [ValueBinding(name: "n", value: ValueSnapshot(type: "Int", text: "3"))] },
      declaredNames: ["n"])
  }

  func compile(expression: CellRequest) throws -> CompiledCell { try compile(expression) }

  func type(of expression: CellRequest) throws -> String { "Int" }

  func variables() -> [ValueBinding] {
    [ValueBinding(name: "n", value: ValueSnapshot(type: "Int", text: "\(count.withLock { $0 })"))]
  }

  func forget() { count.withLock { $0 = 0 } }

  func abandon() { abandonments.withLock { $0 += 1 } }
}
