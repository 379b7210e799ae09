extension EventLoop {
  /// Whether the loop measures what its tasks do with their time, and how long its steps take.
  ///
  /// Snapshots then have `TaskSnapshot.times`, `LoopSnapshot.stepTimes` and `LoopSnapshot.slowSteps`.
  /// It is an instrument of the loop's own, so a loop that does not measure pays nothing. What was
  /// before it began is not known, and what it knows is forgotten when it stops. May be used from any
  /// thread.
  public var isMeasuring: Bool {
    get { stepClock != nil }
    set {
      let (added, removed) = stepClockStorage.withLock { storage in
        let former = storage
        if newValue == (former != nil) { return (StepClock?.none, StepClock?.none) }
        storage = newValue ? StepClock(clock: clock, historyLimit: registry.historyLimit) : nil
        return (storage, former)
      }
      if let added { addInstrument(added) }
      if let removed { removeInstrument(removed) }
    }
  }

  var stepClock: StepClock? { stepClockStorage.ifMade { $0 } ?? nil }

  /// The types of the instruments that somebody has added.
  var instrumentNames: [String] {
    instruments.withLock { instruments in
      instruments.filter { !($0 is StepClock) }.map { "\(type(of: $0))" }
    }
  }
}
