import RunnerCore

extension Scenario {
  /// Cells by their text.
  static func fillCells(_ state: inout ScriptedController.State) {
    func value(_ name: String, _ type: String, _ text: String) -> ValueBinding {
      ValueBinding(name: name, value: ValueSnapshot(type: type, text: text))
    }
    func place(_ line: Int, _ column: Int, _ length: Int) -> CellDiagnostic.Position {
      CellDiagnostic.Position(file: "cell 3", line: line, column: column, length: length)
    }
    let total = value("total", "[Int]", "[1, 4]")
    state.variables = [total]
    state.cells = [
      "func fetch(_ n: Int) async throws -> Int {\n  return n * n\n}": .runs([], .returned(nil)),
      "let total = try await gather(fetch(1), fetch(2))": .runs([total], .returned(nil)),
      "total": .runs([], .returned(total.value)),
      "let jobs = 3": .runs([value("jobs", "Int", "3")], .returned(nil)),
      "jobs + 1": .runs([], .returned(ValueSnapshot(type: "Int", text: "4"))),
      "let evil = hostile()": .runs([value("evil", "String", "a\u{1B}[2J\nb")], .returned(nil)),
      "throw Boom()": .runs(
        [], .failed(ErrorSnapshot(type: "Boom", message: "on purpose"))),
      "await sleep(30)": .needsInterrupt,
      "slow()": .compiles,
      "var unused = 1": .runs(
        [value("unused", "Int", "1")], .returned(nil),
        warnings: [
          CellDiagnostic(
            severity: .warning, message: "variable 'unused' was never mutated",
            position: place(1, 1, 3), sourceLine: "var unused = 1",
            fixIts: ["replace 'var' with 'let'"])
        ]),
      "hystory": .isRejected([
        CellDiagnostic(
          severity: .error, message: "cannot find 'hystory' in scope", position: place(1, 1, 7),
          sourceLine: "hystory")
      ]),
      "let é = 日本 + nme": .isRejected([
        CellDiagnostic(
          severity: .error, message: "cannot find 'nme' in scope; did you mean 'name'?",
          position: place(1, 19, 3), sourceLine: "let é = 日本 + nme",
          fixIts: ["replace 'nme' with 'name'"],
          notes: [
            CellDiagnostic(
              severity: .note, message: "'name' declared here",
              position: CellDiagnostic.Position(file: "cell 1", line: 4, column: 7, length: 4),
              sourceLine: "\tlet name = 1")
          ])
      ]),
    ]
  }
}
