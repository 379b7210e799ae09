package import RunnerCore

/// A request to cancel in a document; what does not belong to its maker is `null`.
package struct CancellationRecord: Encodable, Sendable {
  /// `task`, `callback`, `thread`, `interrupt`, `close`, `timeout`, `taskGroup`, `tool` or `swift`.
  package var by: String
  @Nullable package var task: UInt64?
  @Nullable package var thread: String?
  @Nullable package var site: SiteRecord?
  @Nullable package var message: String?
  package var elapsed: Double

  package init(_ request: CancellationSnapshot) {
    site = request.site.map(SiteRecord.init)
    message = request.message
    elapsed = DurationStyle.seconds(of: request.elapsed)
    switch request.requester {
    case .task(let id):
      by = "task"
      task = id.number
    case .thread(let name):
      by = "thread"
      thread = name
    case .callback: by = "callback"
    case .interrupt: by = "interrupt"
    case .close: by = "close"
    case .timeout: by = "timeout"
    case .taskGroup: by = "taskGroup"
    case .tool: by = "tool"
    case .swift: by = "swift"
    }
  }
}
