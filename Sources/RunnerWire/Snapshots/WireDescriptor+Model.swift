package import RunnerCore

extension WireDescriptor {
  package init(_ model: LoopSnapshot.Descriptor) {
    self.init(
      number: model.number,
      watchesReading: model.watchesReading,
      watchesWriting: model.watchesWriting)
  }

  package var model: LoopSnapshot.Descriptor {
    LoopSnapshot.Descriptor(
      number: number,
      watchesReading: watchesReading,
      watchesWriting: watchesWriting)
  }
}
