package import RunnerCore

extension WireContextOwner {
  package init(_ model: ContextSnapshot.Owner) {
    switch model {
    case .runner(let runner): self = .runner(runner)
    case .task(let task): self = .task(task.number)
    }
  }

  package var model: ContextSnapshot.Owner {
    switch self {
    case .runner(let runner): .runner(runner)
    case .task(let task): .task(TaskID(task))
    }
  }
}
