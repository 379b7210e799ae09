package import RunnerCore

/// Says how a task ended.
package enum EndingRendering {
  /// Returns the words: `returned`, `returned Int = 3`, `failed, Boom: message`, `cancelled`.
  package static func text(_ ending: TaskEnding, _ spec: RenderSpec) -> String {
    switch ending.outcome {
    case .returned(nil): "returned"
    case .returned(let value?): "returned \(ValueRendering.line(value, spec))"
    case .failed(let error): "failed, \(VisibleText.line(ValueRendering.error(error), spec))"
    case .cancelled(nil): "cancelled"
    case .cancelled(let message?): "cancelled, \"\(VisibleText.line(message, spec))\""
    }
  }
}
