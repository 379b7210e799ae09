package import RunnerCore

/// Says how a task ended.
package enum EndingRendering {
  /// Returns the words: `returned`, `returned Int = 3`, `failed, Boom: message`, `cancelled`, and by
  /// whom, where that is given.
  package static func text(
    _ ending: TaskEnding, by request: CancellationSnapshot? = nil, _ spec: RenderSpec
  ) -> String {
    let requester = request.map { " by \(RequesterRendering.who($0, spec))" } ?? ""
    return switch ending.outcome {
    case .returned(nil): "returned"
    case .returned(let value?): "returned \(ValueRendering.line(value, spec))"
    case .failed(let error): "failed, \(VisibleText.line(ValueRendering.error(error), spec))"
    case .cancelled(nil): "cancelled" + requester
    case .cancelled(let message?): "cancelled\(requester), \"\(VisibleText.line(message, spec))\""
    }
  }
}
