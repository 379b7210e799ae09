package import RunnerCore

extension WireSwiftCompletion {
  package init(_ model: SwiftCompletion) {
    self.init(text: model.text, note: model.note)
  }

  package var model: SwiftCompletion { SwiftCompletion(text: text, note: note) }
}
