private import CRunnerRuntime
private import Synchronization

extension EventLoop {
  /// Where a task is; `nil` when this loop does not know it.
  ///
  /// May be called from any thread.
  package func stack(of id: TaskID) -> TaskStack? {
    // A task that is caught between two of its steps is looked at again.
    for _ in 0..<3 {
      guard registry.knows(id) || childNumbers.child(id) != nil else { return nil }
      let answer = inspect { [self] consistency in stack(of: id, consistency) }
      switch answer {
      case .found(let stack): return stack
      case .unknown: return nil
      case .moved: continue
      }
    }
    return snapshot(of: id).map {
      TaskStack(
        task: $0, kind: .unknown, note: "The task changes faster than it can be looked at.")
    }
  }

  private enum Answer: Sendable {
    case found(TaskStack)
    case moved
    case unknown
  }

  private func stack(of id: TaskID, _ consistency: SnapshotConsistency) -> Answer {
    let picture = TaskPicture(of: self, natives: consistency)
    let awaiters = picture.awaiters()
    if let task = registry.liveTask(id)?.visible {
      let snapshot = picture.snapshot(of: task, awaitedBy: awaiters[task.id] ?? [])
      switch snapshot.state {
      case .created:
        return .found(
          TaskStack(task: snapshot, kind: .notBegun, frames: picture.notedStack(of: task)))
      case .running: return sample(snapshot) { [self] in isExecuting(task) ? task.steps : nil }
      case .ready, .suspended: break
      case .finished, .failed, .cancelled: return .moved
      }
      let frames = picture.stackFrames(of: task)
      return .found(suspended(snapshot, frames, and: picture.notedStack(of: task)))
    }
    if let child = picture.natives?.children.first(where: { $0.id == id }) {
      guard let snapshot = picture.snapshot(of: child, awaitedBy: awaiters[id] ?? []) else {
        return .moved
      }
      if snapshot.state == .running {
        return sample(snapshot) { picture.isRunning(child) ? 0 : nil }
      }
      let noted = snapshot.wait?.site.map { [StackFrame($0)] } ?? []
      return .found(suspended(snapshot, picture.stackFrames(of: child), and: noted))
    }
    guard let ended = registry.ended().last(where: { $0.id == id }) else { return .unknown }
    return .found(
      TaskStack(
        task: AnyRunnerTask.snapshot(
          of: ended, runner: name, now: clock.now.nanoseconds, times: stepClock?.times(of: id)),
        kind: .ended))
  }

  private func suspended(
    _ task: TaskSnapshot, _ frames: [StackFrame], and noted: [StackFrame]
  ) -> TaskStack {
    if !frames.isEmpty {
      let note =
        frames.count < Int(runner_task_frame_limit)
        ? "" : "The stack goes on: only these functions of it are read."
      return TaskStack(
        task: task, kind: .suspended, frames: StackFrame.join(frames, noted), note: note)
    }
    let reader = RuntimeReader.shared
    let reason =
      reader.tier == .full ? "The task changed while it was looked at." : reader.reason
    return TaskStack(
      task: task, kind: noted.isEmpty ? .unknown : .suspended, frames: noted,
      note: noted.isEmpty
        ? "The task's functions are not known here. \(reason)"
        : "Only the lines that the library was given are known here. \(reason)")
  }

  private func isExecuting(_ task: AnyRunnerTask) -> Bool {
    stepTaskCell.load(ordering: .relaxed) == task.id.number
      && stepStartCell.load(ordering: .relaxed) != 0
  }

  /// Samples the thread that executes a task; `step` says which step it is in, `nil` in none.
  private func sample(_ task: TaskSnapshot, _ step: () -> UInt64?) -> Answer {
    let before = step()
    let sample = ThreadSample.ofProgram(in: threadCell.load(ordering: .relaxed))
    guard let before, before == step() else {
      // A child may run on another thread than the loop's.
      return task.role == .child
        ? .found(
          TaskStack(task: task, kind: .unknown, note: "It runs on a thread of its own choice."))
        : .moved
    }
    return .found(
      TaskStack(
        task: task, kind: .running, frames: sample.frames.map { StackFrame($0) },
        systemCall: sample.systemCall, note: sample.failure ?? ""))
  }
}

extension TaskPicture {
  fileprivate func notedStack(of task: AnyRunnerTask) -> [StackFrame] {
    notedFrames(of: task).map { StackFrame($0) }
  }

  fileprivate func isRunning(_ child: NativeWalk.Child) -> Bool {
    let reader = RuntimeReader.shared
    return reader.task(at: child.task.address, expecting: child.task.id, withFrames: false)?.state
      == .running
  }
}

extension ThreadSample {
  /// A sample that shows a function of the program's, if one of many does.
  ///
  /// A thread that is caught inside a system library may not show who called it: of those taken of a loop
  /// around a cancelled `Task.sleep` one in ten does.
  static func ofProgram(in thread: Int32) -> ThreadSample {
    var sample = take(of: thread)
    let start = ContinuousClock.now
    for _ in 0..<99 where sample.failure == nil && sample.frames.allSatisfy(\.isFolded) {
      guard ContinuousClock.now - start < .milliseconds(50) else { break }
      sample = take(of: thread)
    }
    return sample
  }
}
