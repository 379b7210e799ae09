/// Output for a batch: results to one place, notes and errors to another.
package struct SplitOutput: SessionOutput {
  private let results: @Sendable ([UInt8]) -> Void
  private let others: @Sendable ([UInt8]) -> Void

  /// Creates an output; the closures get whole lines and may be called from any thread.
  package init(
    results: @escaping @Sendable ([UInt8]) -> Void, others: @escaping @Sendable ([UInt8]) -> Void
  ) {
    self.results = results
    self.others = others
  }

  package func write(_ lines: [StyledLine], to channel: OutputChannel, _ spec: RenderSpec) {
    let bytes = StylePainter.bytes(of: lines, spec)
    channel == .result ? results(bytes) : others(bytes)
  }
}
