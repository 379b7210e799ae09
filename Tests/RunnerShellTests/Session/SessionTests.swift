import Dispatch
import Foundation
import RunnerCore
import RunnerShell
import Synchronization
import Testing

@Suite struct SessionTests {
  private let output = RecordingOutput()

  private func session(
    _ controller: ScriptedController, isBatch: Bool = false
  ) -> Session {
    Session(
      controller: controller, catalog: SmallCatalog(), output: output,
      settings: SessionSettings(isBatch: isBatch))
  }

  @Test func `a fresh session has main, and makes it once`() {
    let controller = Scenario.empty.controller
    let session = session(controller)
    #expect(session.currentRunner == "main")
    _ = session.execute("start main")
    _ = session.execute("start main")
    #expect(output.takeTexts() == ["main: loop running", "main: loop running"])
  }

  @Test func `a background run is announced when it begins and when it ends`() {
    let session = session(Scenario.empty.controller)
    _ = session.execute("run ticker(every: 1) &")
    session.notify(
      .jobEnded(
        JobSnapshot(
          id: JobID(1), runner: "main", expression: "ticker(every: 1)", task: nil,
          state: .failed(ErrorSnapshot(type: "Boom", message: "x\u{7}")), elapsed: .zero)))
    #expect(
      output.takeTexts() == [
        "[1] ticker(every: 1) runs in the background on main",
        "[1] ticker(every: 1) ended: Boom: x\\u{7}",
      ])
  }

  @Test func `what quit ends is told: tasks that were left, and runs of the background`() {
    let session = session(Scenario.empty.controller)
    _ = session.execute("new work")
    for line in ["run sleep(9) &", "run work sleep(8) &"] { _ = session.execute(line) }
    _ = output.take()
    #expect(session.execute("quit").endsSession)
    #expect(
      output.takeTexts() == [
        "main, work: closed in 2.4 ms · 2 runs interrupted · 0 tasks left · nothing refused"
      ])
  }

  @Test func `interrupt is told before the end of the run that it brings about`() {
    let controller = Scenario.empty.controller
    let session = session(controller)
    _ = session.execute("run sleep(9) &")
    _ = output.take()
    controller.whileInterrupting.withLock { hook in
      hook = {
        session.notify(.jobEnded(controller.state.withLock { $0.jobs[0] }))
      }
    }
    _ = session.execute("interrupt main")
    #expect(
      output.takeTexts() == [
        "main: cancellation of task 1 is requested", "[1] sleep(9) ended: interrupted",
      ])
  }

  @Test func `Ctrl-C in a wait says that the task goes on`() {
    let controller = Scenario.empty.controller
    let session = session(controller)
    for line in ["start main", "spawn sleep(60) --name zz"] { _ = session.execute(line) }
    _ = output.take()
    controller.whileWaiting.withLock { $0.append { session.interrupt() } }
    #expect(session.execute("wait zz").status == .interrupted)
    #expect(output.takeTexts() == ["interrupted: task 1 zz goes on"])
  }

  @Test func `Ctrl-C while nothing runs reaches nobody`() {
    let controller = Scenario.empty.controller
    let session = session(controller)
    _ = session.execute("start main")
    session.interrupt()
    #expect(controller.log == [])
  }

  @Test func `a lost worker is told with what it took, and the session goes on`() {
    let controller = Scenario.empty.controller
    let session = session(controller)
    for line in ["new work", "start work", "close work", "new lab", "use lab"] {
      _ = session.execute(line)
    }
    _ = output.take()
    controller.state.withLock { $0.isLost = true }
    session.workerLost("The worker was killed by signal 9 (SIGKILL).")
    #expect(
      output.takeTexts() == [
        "The worker was killed by signal 9 (SIGKILL).",
        "lost with all their tasks: main, lab; history and settings are kept",
      ])
    #expect(session.currentRunner == "main")
    #expect(session.execute("ps").status == .workerLost)
    #expect(output.takeTexts() == ["The connection to the worker is lost."])
    session.replaceController(Scenario.empty.controller)
    #expect(session.execute("runners").status == .ok)
    #expect(output.takeTexts().last?.hasPrefix("main  created") == true)
  }

  @Test func `a loss during a command is told once`() {
    let controller = Scenario.empty.controller
    let session = session(controller)
    controller.whileWaiting.withLock { closures in
      closures.append {
        controller.state.withLock { $0.isLost = true }
        session.workerLost("The worker is gone.")
      }
    }
    #expect(session.execute("run sleep(30)").status == .workerLost)
    #expect(
      output.takeTexts() == [
        "The worker is gone.", "lost with all their tasks: main; history and settings are kept",
      ])
    session.workerLost("The worker is gone again.")
    #expect(output.takeTexts().last == "nothing was lost; history and settings are kept")
  }

  @Test func `a deadlock is a warning at the prompt, and ends a batch with 5`() {
    let event = SessionEvent.deadlock([TaskID(3), TaskID(2)], runner: "main")
    let sentence = """
      deadlock on main: tasks 2 and 3 wait for each other; \
      'tree' shows the cycle, 'cancel' breaks it
      """
    let person = session(Scenario.empty.controller)
    person.notify(event)
    #expect(output.takeTexts() == [sentence])
    #expect(person.execute("ps").status == .ok)

    _ = output.take()
    let controller = Scenario.empty.controller
    let batch = session(controller, isBatch: true)
    controller.whileWaiting.withLock { $0.append { batch.notify(event) } }
    let result = batch.execute("run sleep(30)", at: InputLocation(source: "x.run", line: 3))
    #expect(result.status == .deadlock)
    #expect(output.takeTexts() == ["x.run:3: " + sentence])
  }

  private let stall = SessionEvent.stalled(
    [TaskID(1), TaskID(2)],
    wait: WaitSnapshot(subject: .object(.queueItem, number: 10, label: "jobs")), runner: "main")
  private let stallSentence = """
    the run on main cannot end: task 1 waits for task 2, which waits for an item of queue 'jobs', \
    and nothing inside its loop can wake it
    """

  @Test func `a run that nothing can end is told at the prompt, and goes on`() {
    let controller = Scenario.empty.controller
    let person = session(controller)
    person.notify(stall)
    #expect(output.takeTexts() == [stallSentence + "; 'cancel 1' ends it"])
    controller.whileWaiting.withLock {
      $0 = [{ person.notify(self.stall) }, { person.interrupt() }]
    }
    #expect(person.execute("run sleep(30)").status == .interrupted)
    #expect(output.takeTexts().first == stallSentence + "; Ctrl-C cancels the run")
  }

  @Test func `a run that nothing can end ends a batch that waits for it with 5`() {
    let controller = Scenario.empty.controller
    let batch = session(controller, isBatch: true)
    controller.whileWaiting.withLock { $0.append { batch.notify(self.stall) } }
    #expect(batch.execute("run sleep(30)").status == .deadlock)
    #expect(output.takeTexts() == [stallSentence])
    #expect(controller.log.contains("interrupt main"))
  }

  @Test func `a run of another runner that nothing can end is not what a batch waits for`() {
    let controller = Scenario.empty.controller
    let batch = session(controller, isBatch: true)
    _ = batch.execute("new other")
    controller.whileWaiting.withLock {
      $0 = [{ batch.notify(self.stall) }, { batch.interrupt() }]
    }
    #expect(batch.execute("run other sleep(30)").status == .interrupted)
    #expect(batch.verdict == nil)
  }

  @Test func `a batch that comes to wait for a run that stands still looks again`() {
    for (scenario, status) in [(Scenario.stalled, ShellStatus.deadlock), (.empty, .interrupted)] {
      let controller = scenario.controller
      let batch = session(controller, isBatch: true)
      _ = batch.execute("run ticker(every: 1) &")
      batch.notify(stall)
      #expect(batch.verdict == nil)
      if scenario == .empty {
        controller.whileWaiting.withLock { $0.append { batch.interrupt() } }
      }
      _ = output.take()
      #expect(batch.execute("fg 1").status == status)
      #expect(output.takeTexts().contains(stallSentence) == (scenario == .stalled))
    }
  }

  @Test(.timeLimit(.minutes(1))) func `Ctrl-C comes from another thread`() {
    let controller = Scenario.empty.controller
    let session = session(controller)
    controller.whileWaiting.withLock { closures in
      closures.append {
        let isDone = DispatchSemaphore(value: 0)
        Thread.detachNewThread {
          session.interrupt()
          isDone.signal()
        }
        isDone.wait()
      }
    }
    #expect(session.execute("run sleep(30)").status == .interrupted)
    #expect(output.takeTexts() == ["interrupted: sleep(30) was cancelled"])
  }

  @Test func `a command that is interrupted before it waits still ends`() {
    let controller = Scenario.empty.controller
    let session = session(controller)
    controller.whileWaiting.withLock { closures in
      closures = [{ session.interrupt() }, { session.interrupt() }]
    }
    #expect(session.execute("run spin(30)").status == .interrupted)
    session.notify(.jobEnded(controller.state.withLock { $0.jobs[0] }))
    #expect(output.takeTexts().count == 2)
  }

  @Test func `cancel passes on what was asked`() {
    let controller = Scenario.busy.controller
    let session = session(controller)
    _ = session.execute("cancel parent 2 --message 'a b'")
    #expect(controller.log == ["cancel [2] message a b"])
  }
}
