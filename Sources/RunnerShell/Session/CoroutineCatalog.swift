/// The built-in coroutines, as the composition root knows them.
package protocol CoroutineCatalog: Sendable {
  /// All of them, in the order in which a learner should meet them.
  var coroutines: [CoroutineEntry] { get }
}

/// One built-in coroutine.
package struct CoroutineEntry: Hashable, Sendable {
  /// The name without parameters: `ticker`.
  package var name: String
  /// The name with its parameters: `ticker(every: seconds)`.
  package var signature: String
  /// What it does, in a few words.
  package var summary: String
  /// Its Swift source.
  package var source: String

  package init(name: String, signature: String, summary: String, source: String) {
    self.name = name
    self.signature = signature
    self.summary = summary
    self.source = source
  }
}
