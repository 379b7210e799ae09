import RunnerCore
import RunnerShell
import Testing

@Suite struct ReplayPlanTests {
  /// Cells that printed are `p`, those that only declare are `d`, others are `-`.
  private func plan(_ cells: String) -> ReplayPlan {
    let all = cells.enumerated().map { index, kind in
      CellBook.Cell(
        number: index + 1, request: CellRequest(source: String(kind)), declaredNames: [],
        outcome: .worked, hasPrinted: kind == "p")
    }
    return ReplayPlan(all) { $0 == "d" }
  }

  @Test func `declarations alone are no reason to ask`() {
    #expect(!plan("ddd").isDoubtful)
    #expect(plan("d-").isDoubtful)
    #expect(plan("p").isDoubtful)
  }

  @Test(arguments: [
    (
      "p", "to run again: 1 cell, which printed; what it changed in files or elsewhere is not known"
    ),
    ("-", "to run again: 1 cell; what it changed in files or elsewhere is not known"),
    (
      "dp-d",
      "to run again: 4 cells, of which 1 printed (cell 2); what 2 of them changed in files or elsewhere"
        + " is not known"
    ),
    (
      "ppp",
      "to run again: 3 cells, of which 3 printed (cells 1, 2 and 3); what they changed in files or"
        + " elsewhere is not known"
    ),
  ])
  func `a person hears what is known, and what is not`(cells: String, sentence: String) {
    #expect(plan(cells).sentence == sentence)
  }
}
