import RunnerShell
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1))) struct ProgressTests {
  private func line(_ elapsed: Duration, _ spec: RenderSpec = RenderSpec()) -> String? {
    Progress.line("compiling", after: elapsed, spec)?.plain
  }

  @Test func `the line says what is done, and for how long already`() {
    #expect(line(.milliseconds(150)) == "⠙ compiling 0.2 s")
    #expect(line(.milliseconds(950)) == "⠏ compiling 1.0 s")
    #expect(line(.seconds(125)) == "⠋ compiling 2 min 5 s")
  }

  @Test func `without Unicode it turns in ASCII`() {
    let ascii = RenderSpec(usesASCII: true)
    let signs = (0..<5).compactMap { line(.milliseconds(100 * $0 + 10), ascii)?.first }
    #expect(signs == ["|", "/", "-", "\\", "|"])
  }

  @Test func `a remark is left out where it does not fit`() {
    let line = { (width: Int?) in
      Progress.line(
        "running", after: .seconds(2), remark: "Ctrl-C cancels", RenderSpec(width: width))?.plain
    }
    #expect(line(nil) == "⠋ running 2.0 s · Ctrl-C cancels")
    #expect(line(33) == line(nil))
    #expect(line(32) == "⠋ running 2.0 s")
  }

  @Test func `once it has nothing more to show it is gone, and does not come back`() async {
    let shown = Mutex<[StyledLine?]>([])
    let looks = Mutex(0)
    let progress = Progress(
      "running", RenderSpec(), patience: .zero,
      goesOn: {
        looks.withLock { $0 += 1 }
        return looks.withLock { $0 } != 2
      }, elapsed: { .zero }
    ) { line in shown.withLock { $0.append(line) } }
    while shown.withLock(\.count) < 2 { await Task.yield() }
    progress.stop()
    #expect(shown.withLock { $0.map { $0 == nil } } == [false, true, true])
    #expect(looks.withLock { $0 } == 2)
  }

  @Test func `what does not fit into a line is not shown`() {
    #expect(line(.seconds(1), RenderSpec(width: 18)) != nil)
    #expect(line(.seconds(1), RenderSpec(width: 17)) == nil)
  }

  @Test func `what is short shows nothing, and what is long is gone at the end`() async {
    let shown = Mutex<[StyledLine?]>([])
    let show: @Sendable (StyledLine?) -> Void = { line in shown.withLock { $0.append(line) } }
    let short = Progress("compiling", RenderSpec(), elapsed: { .zero }, show: show)
    short.stop()
    #expect(shown.withLock { $0 }.allSatisfy { $0 == nil })
    let long = Progress("compiling", RenderSpec(), elapsed: { .zero }, show: show)
    while shown.withLock({ $0.last ?? nil }) == nil { await Task.yield() }
    long.stop()
    let count = shown.withLock(\.count)
    #expect(shown.withLock { $0.last } == .some(nil))
    long.stop()
    #expect(shown.withLock(\.count) == count + 1)
  }
}
