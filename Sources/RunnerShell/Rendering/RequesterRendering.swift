package import RunnerCore

/// Says who asked a task to end.
package enum RequesterRendering {
  /// Returns the words: `task 3 at Fetch.swift:12`, `Ctrl-C`, `a timeout`.
  package static func who(_ request: CancellationSnapshot, _ spec: RenderSpec) -> String {
    let line = request.site.map { " at " + VisibleText.excerpt(place($0), spec) } ?? ""
    return words(request.requester, spec) + line
  }

  /// Returns the same with the time and the message: `task 3 at Fetch.swift:12, 2.0 s ago, "enough"`.
  package static func sentence(_ request: CancellationSnapshot, _ spec: RenderSpec) -> String {
    let message = request.message.map { ", \"\(VisibleText.line($0, spec))\"" } ?? ""
    return who(request, spec) + ", \(DurationStyle.sentence(request.elapsed, spec)) ago" + message
  }

  /// Returns `Fetch.swift:12`.
  package static func place(_ site: SourceSite) -> String { "\(site.fileName):\(site.line)" }

  private static func words(
    _ requester: CancellationSnapshot.Requester, _ spec: RenderSpec
  ) -> String {
    switch requester {
    case .task(let id): "task \(id)"
    case .callback: "a callback"
    case .thread(let name): "thread \(VisibleText.excerpt(name, limit: 20, spec))"
    case .interrupt: "Ctrl-C"
    case .close: "close"
    case .timeout: "a timeout"
    case .taskGroup: "its task group"
    case .tool: "the prompt"
    case .swift: "Swift's own cancellation"
    }
  }
}
