import RunnerCore
import RunnerShell
import Testing

@Suite struct ForegroundStateTests {
  private var state = ForegroundState()
  private let job = JobSnapshot(
    id: JobID(1), runner: "main", expression: "sleep(3)", task: nil, state: .running,
    elapsed: .zero)

  @Test func `Ctrl-C means nothing when nothing runs`() {
    var state = state
    #expect(state.interrupt() == [])
  }

  @Test func `Ctrl-C reaches a run: asked first, then given up after half a second`() {
    var state = state
    state.willStart()
    #expect(state.didStart(job, inBackground: false) == [])
    #expect(state.waitLimit == nil)
    #expect(state.interrupt() == [.interrupt(runner: "main")])
    #expect(state.waitLimit == nil)
    #expect(state.interrupt() == [.interrupt(runner: "main"), .abandonWaits])
    #expect(state.waitLimit == .milliseconds(500))
    #expect(state.interrupt() == [.interrupt(runner: "main"), .abandonWaits])
    #expect(state.waitLimit == .zero)
  }

  @Test func `Ctrl-C before the number of a run is known is kept for it`() {
    var state = state
    state.willStart()
    #expect(state.interrupt() == [])
    #expect(state.didStart(job, inBackground: false) == [.interrupt(runner: "main")])
  }

  @Test func `a standstill is told after the run that came to it`() {
    var state = state
    let event = SessionEvent.deadlock([TaskID(2), TaskID(3)], runner: "main")
    #expect(state.noted(event) == [.show(event)])
    state.willStart()
    #expect(state.noted(event) == [])
    #expect(state.didStart(job, inBackground: true) == [.show(event)])
    state.willStart()
    #expect(state.noted(event) == [])
    #expect(state.didFinish() == [.show(event)])
    #expect(state.didFinish() == [])
  }

  @Test func `Ctrl-C while Swift is compiled ends the compiling`() {
    var state = state
    state.willStart(compiles: true)
    #expect(state.interrupt() == [.abandonWaits])
    #expect(state.didFinish() == [])
    #expect(state.interrupt() == [])
  }

  @Test func `a cell that began to run just before the Ctrl-C is asked to end`() {
    var state = state
    state.willStart(compiles: true)
    #expect(state.interrupt() == [.abandonWaits])
    #expect(state.didStart(job, inBackground: false) == [.interrupt(runner: "main")])
    #expect(state.waitLimit == .milliseconds(500))
  }

  @Test func `Ctrl-C asks a cell to end, and after a moment whether its loop is stuck`() {
    var state = state
    state.willStart(compiles: true)
    #expect(state.didStart(job, inBackground: false) == [])
    #expect(state.waitLimit == nil)
    #expect(state.interrupt() == [.abandonWaits, .interrupt(runner: "main")])
    #expect(state.waitLimit == .milliseconds(500))
    #expect(state.asksWhetherStuck)
    state.noteStuck(false)
    #expect(state.waitLimit == nil)
    #expect(state.interrupt() == [.abandonWaits, .interrupt(runner: "main")])
    #expect(state.waitLimit == .milliseconds(200))
  }

  @Test func `Ctrl-C between two looks ends the pause, and means nothing afterwards`() {
    var state = ForegroundState()
    state.willRepeat()
    #expect(state.interrupt() == [.endPause])
    #expect(state.didFinish() == [])
    #expect(state.interrupt() == [])
  }

  @Test func `a pause that was ended before it began is over at once`() {
    let pause = Pause()
    pause.stop()
    #expect(pause.wait(.seconds(3600)) == false)
    #expect(Pause().wait(.zero) == true)
  }

  @Test func `Ctrl-C during a wait gives up the wait, during close skips the rest`() {
    var state = state
    state.willWait()
    #expect(state.interrupt() == [.abandonWaits])
    state.willClose("work")
    #expect(state.interrupt() == [.interrupt(runner: "work")])
    #expect(state.interrupt() == [.interrupt(runner: "work"), .abandonWaits])
  }

  @Test func `the end of a run in the foreground is no news, before or after it was shown`() {
    var state = state
    state.willStart()
    _ = state.didStart(job, inBackground: false)
    #expect(state.noted(.jobEnded(job)) == [])
    #expect(state.didFinish() == [])

    state.willStart()
    _ = state.didStart(job, inBackground: false)
    #expect(state.didFinish() == [])
    #expect(state.noted(.jobEnded(job)) == [])
  }

  @Test func `the end of a background run is news, also when it comes before its number`() {
    var state = state
    state.willStart()
    #expect(state.noted(.jobEnded(job)) == [])
    #expect(state.didStart(job, inBackground: true) == [.show(.jobEnded(job))])
  }

  @Test func `a run that is left behind is announced like any other, even if it just ended`() {
    var state = state
    state.willStart()
    _ = state.didStart(job, inBackground: false)
    #expect(state.didFinish(leaving: job.id) == [])
    #expect(state.noted(.jobEnded(job)) == [.show(.jobEnded(job))])

    state.willFollow(job.id)
    #expect(state.noted(.jobEnded(job)) == [])
    #expect(state.didFinish(leaving: job.id) == [.show(.jobEnded(job))])
  }

  @Test func `a run that could not be started lets other news through`() {
    var state = state
    state.willStart()
    #expect(state.noted(.jobEnded(job)) == [])
    #expect(state.didFinish() == [.show(.jobEnded(job))])
  }
}
