package import RunnerCore

/// The document of `why --json`: the sentence, and the facts that it is made from.
package struct WhyDocument: JSONDocument {
  package struct Link: Encodable, Sendable {
    package var task: UInt64
    package var name: String
    package var reason: ReasonRecord
    @Nullable package var elapsed: Double?
    @Nullable package var timeout: Double?
    @Nullable package var site: SiteRecord?
  }

  package let schema = "runner-repl/why/1"
  package var sentence: String
  @Nullable package var task: UInt64?
  package var runner: String
  package var loop: LoopStateRecord
  package var chain: [Link]
  package var omitted: Int
  @Nullable package var deadlock: [UInt64]?
  package var otherDeadlocks: [[UInt64]]
  package var nothingCanWake: Bool
  package var consistency: String

  package init(_ explanation: Explanation, _ spec: RenderSpec) {
    sentence = ExplanationRendering.sentence(explanation, spec)
    if case .task(let id) = explanation.subject { task = id.number }
    runner = explanation.runner
    loop = LoopStateRecord(explanation.loop)
    chain = explanation.links.map { link in
      Link(
        task: link.task.number, name: link.name, reason: ReasonRecord(link.reason),
        elapsed: link.elapsed.map(DurationStyle.seconds),
        timeout: link.timeoutRemaining.map(DurationStyle.seconds),
        site: link.site.map(SiteRecord.init))
    }
    omitted = explanation.omittedLinks
    deadlock = explanation.cycle?.map(\.number)
    otherDeadlocks = explanation.otherCycles.map { $0.map(\.number) }
    nothingCanWake = explanation.loop == .stalled
    consistency = explanation.consistency.rawValue
  }
}
