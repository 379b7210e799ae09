import RunnerCore
import RunnerShell
import Testing

@Suite struct HistoryTableTests {
  /// Returns the last line: how many of how many.
  private func countLine(
    shown: Int, matching: Int, total: Int, remembered: Int?, isFiltered: Bool = false
  ) -> String? {
    let tasks = (0..<shown).map {
      TaskSnapshot(id: TaskID(UInt64($0 + 1)), name: "t", runner: "main", state: .finished)
    }
    let listing = TaskListing(
      tasks: tasks, matching: matching, total: total, remembered: remembered)
    return HistoryTable.render(listing, isFiltered: isFiltered, RenderSpec()).last?.plain
  }

  @Test func `the count line says what is not remembered`() {
    #expect(
      countLine(shown: 256, matching: 256, total: 10_312, remembered: 256)
        == "256 remembered of 10,312 ended")
    #expect(
      countLine(shown: 50, matching: 256, total: 10_312, remembered: 256)
        == "50 shown of 256 remembered of 10,312 ended; --limit 0 shows all")
    #expect(
      countLine(shown: 3, matching: 3, total: 1_000_000, remembered: 256, isFiltered: true)
        == "3 that match of 256 remembered of 1,000,000 ended")
    #expect(
      countLine(shown: 2, matching: 3, total: 300, remembered: 256, isFiltered: true)
        == "2 shown of 3 that match of 256 remembered of 300 ended; --limit 0 shows all")
  }

  @Test func `the count line is as that of ps while all are remembered`() {
    #expect(countLine(shown: 3, matching: 3, total: 3, remembered: 3) == "3 ended tasks")
    #expect(
      countLine(shown: 2, matching: 2, total: 3, remembered: 3, isFiltered: true)
        == "2 of 3 ended tasks")
    #expect(countLine(shown: 0, matching: 0, total: 0, remembered: 0) == "no ended tasks")
  }
}
