package import RunnerCore

extension WireDescriptor {
  package init(_ model: LoopSnapshot.Descriptor) {
    self.init(
      number: model.number,
      watchesReading: model.watchesReading,
      watchesWriting: model.watchesWriting,
      reader: model.reader?.number,
      writer: model.writer?.number)
  }

  package var model: LoopSnapshot.Descriptor {
    LoopSnapshot.Descriptor(
      number: number,
      watchesReading: watchesReading,
      watchesWriting: watchesWriting,
      reader: reader.map { TaskID($0) },
      writer: writer.map { TaskID($0) })
  }
}
