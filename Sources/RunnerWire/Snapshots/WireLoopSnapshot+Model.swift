package import RunnerCore

extension WireLoopSnapshot {
  package init(_ model: LoopSnapshot) {
    self.init(
      runner: model.runner,
      phase: WireLoopPhase(model.phase),
      consistency: WireConsistency(model.consistency),
      clock: model.clock,
      now: model.now.wireNanoseconds,
      thread: model.thread,
      iterations: model.iterations,
      ready: model.ready,
      timerCount: model.timerCount,
      timers: model.timers.map { WireTimer($0) },
      descriptors: model.descriptors.map { WireDescriptor($0) },
      liveTasks: model.liveTasks,
      step: model.step.map { WireStep($0) },
      busyTime: model.busyTime.wireNanoseconds,
      waitingTime: model.waitingTime.wireNanoseconds,
      isDebugging: model.isDebugging,
      threadPool: model.threadPool.map { WireThreadPool($0) },
      stepTimes: model.stepTimes.map { WireStepTimes($0) },
      slowSteps: model.slowSteps.isEmpty ? nil : model.slowSteps.map { WireSlowStep($0) },
      instruments: model.instruments.isEmpty ? nil : model.instruments,
      introspection: model.introspection.isEmpty ? nil : model.introspection)
  }

  package var model: LoopSnapshot {
    LoopSnapshot(
      runner: runner,
      phase: phase.model,
      consistency: consistency.model,
      clock: clock,
      now: Duration(wireNanoseconds: now),
      thread: thread,
      iterations: iterations,
      ready: ready,
      timerCount: timerCount,
      timers: timers.map(\.model),
      descriptors: descriptors.map(\.model),
      liveTasks: liveTasks,
      step: step?.model,
      busyTime: Duration(wireNanoseconds: busyTime),
      waitingTime: Duration(wireNanoseconds: waitingTime),
      isDebugging: isDebugging,
      threadPool: threadPool?.model,
      stepTimes: stepTimes?.model,
      slowSteps: slowSteps?.map(\.model) ?? [],
      instruments: instruments ?? [],
      introspection: introspection ?? "")
  }
}
