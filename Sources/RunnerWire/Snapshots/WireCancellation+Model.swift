package import RunnerCore

extension WireCancellation {
  package init(_ model: CancellationSnapshot) {
    self.init(
      requester: WireCancelRequester(model.requester),
      site: model.site.map { WireSourceSite($0) },
      message: model.message,
      elapsed: model.elapsed.wireNanoseconds)
  }

  package var model: CancellationSnapshot {
    CancellationSnapshot(
      requester: requester.model,
      site: site?.model,
      message: message,
      elapsed: Duration(wireNanoseconds: elapsed))
  }
}
