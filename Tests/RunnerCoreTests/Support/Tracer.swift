import RunnerCore
import RunnerCoreTesting

/// Notes everything that an instrument is told, tasks by their names.
final class Tracer: RunnerInstrument {
  private let log = Recorder<String>()
  private let names = LockedValue<[TaskID: String]>([:])

  /// What it was told, without the calls that begin with one of these words.
  func events(without words: String...) -> [String] {
    log.events.filter { event in !words.contains { event.hasPrefix($0) } }
  }

  /// The number of the task with this name.
  func id(of name: String) -> TaskID {
    names.withLock { names in names.first { $0.value == name }?.key } ?? TaskID(0)
  }

  private func name(_ task: AnyRunnerTask) -> String {
    names.withLock { $0[task.id] = task.name }
    return task.name
  }

  private func name(_ id: TaskID) -> String { names.withLock { $0[id] } ?? "task \(id)" }

  private func words(_ subject: WaitSnapshot.Subject) -> String {
    switch subject {
    case .nextIteration: "the next iteration"
    case .timer(let remaining): "a timer of \(remaining)"
    case .task(let id): name(id)
    case .tasks(let ids): ids.map(name).joined(separator: " and ")
    case .anyTask(let ids): ids.map(name).joined(separator: " or ")
    case .future(_, let label): "future \(label)"
    case .object(let object, _, let label): "\(object) \(label)"
    case .readable: "input"
    case .writable: "room"
    case .outside: "something outside"
    }
  }

  func taskMade(_ task: AnyRunnerTask) { log.note("made \(name(task))") }
  func stepBegan(of task: AnyRunnerTask) { log.note("step of \(name(task))") }
  func stepEnded(of task: AnyRunnerTask) { log.note("end of step of \(name(task))") }
  func taskEnded(_ task: AnyRunnerTask) { log.note("\(task.state.rawValue) \(name(task))") }
  func callbackBegan(_ callback: ScheduledCallback, on loop: EventLoop) { log.note("callback") }
  func callbackEnded(_ callback: ScheduledCallback, on loop: EventLoop) {
    log.note("callback over")
  }

  func taskSuspended(_ task: AnyRunnerTask, for wait: TaskSuspension) {
    let line = wait.site.map { " in \($0.fileName)" } ?? ""
    log.note("\(name(task)) waits for \(words(wait.subject))\(line)")
  }

  func taskWoken(_ task: AnyRunnerTask, by waker: TaskWaker) {
    let words =
      switch waker {
      case .task(let id): name(id)
      case .callback(let site): "a callback of \(site?.fileName ?? "the library")"
      case .descriptor: "a descriptor"
      case .timer, .cancellation, .outside: "\(waker)"
      }
    log.note("\(name(task)) woken by \(words)")
  }

  func cancellationRequested(of task: AnyRunnerTask, _ request: CancellationSnapshot) {
    log.note("\(name(task)) asked to end: \(request.requester), \(request.message ?? "no reason")")
  }

  func loopWillWait(_ loop: EventLoop, upTo limit: Duration?) {
    log.note("wait for \(limit.map { "\($0)" } ?? "ever")")
  }

  func loopHasWaited(_ loop: EventLoop) { log.note("has waited") }
}
