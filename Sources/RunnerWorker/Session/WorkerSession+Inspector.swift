package import RunnerCore

extension WorkerSession: RunnerInspector {
  package func runners() throws -> [RunnerSnapshot] { allHosts.map { $0.snapshot() } }

  package func tasks(_ query: TaskQuery) throws -> TaskListing { try inspector.tasks(query) }

  package func task(_ id: TaskID) throws -> TaskSnapshot { try inspector.task(id) }

  package func stack(of task: TaskID) throws -> TaskStack { try inspector.stack(of: task) }

  package func history(_ query: TaskQuery) throws -> TaskListing { try inspector.history(query) }

  package func loop(of runner: String) throws -> LoopSnapshot { try inspector.loop(of: runner) }

  package func context(of owner: ContextSnapshot.Owner) throws -> ContextSnapshot {
    try inspector.context(of: owner)
  }
}
