/// What a session is told at its start; a new worker does not change it.
package struct SessionSettings: Hashable, Sendable {
  /// Whether nobody is at the prompt: values are printed bare, the first error ends the run.
  package var isBatch: Bool
  /// Whether every looking command writes JSON.
  package var writesJSON: Bool
  /// How text is drawn.
  package var rendering: RenderSpec
  /// The runner that exists from the start.
  package var firstRunner: String

  package init(
    isBatch: Bool = false, writesJSON: Bool = false, rendering: RenderSpec = RenderSpec(),
    firstRunner: String = "main"
  ) {
    self.isBatch = isBatch
    self.writesJSON = writesJSON
    self.rendering = rendering
    self.firstRunner = firstRunner
  }
}
