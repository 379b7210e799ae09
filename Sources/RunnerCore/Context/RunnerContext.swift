internal import HashTreeCollections

/// The context variables of a task and their values; a value whose copy costs nothing.
///
/// Mirrors `contextvars.Context`, of which a copy is cheap as well.
public struct RunnerContext: Sendable, Emptiable {
  struct Entry: Sendable {
    var name: String
    var value: any Sendable
    /// Kept, so that no later variable gets its address, which is the key.
    var variable: any AnyObject & Sendable
  }

  /// One word for most tasks, which have no variables.
  private var storage: Storage?

  private final class Storage: Sendable {
    let entries: TreeDictionary<ObjectIdentifier, Entry>

    init(_ entries: TreeDictionary<ObjectIdentifier, Entry>) { self.entries = entries }
  }

  var entries: TreeDictionary<ObjectIdentifier, Entry> {
    get { storage?.entries ?? [:] }
    set { storage = newValue.isEmpty ? nil : Storage(newValue) }
  }

  /// Creates a context without variables.
  public init() {}

  /// How many variables are set.
  public var count: Int { storage?.entries.count ?? 0 }

  /// The value of a variable, or `nil` when it is not set here.
  public subscript<Value>(variable: ContextVariable<Value>) -> Value? {
    get { entries[ObjectIdentifier(variable)]?.value as? Value }
    set {
      let key = ObjectIdentifier(variable)
      entries[key] = newValue.map { Entry(name: variable.name, value: $0, variable: variable) }
    }
  }

  /// The context of the code that asks.
  public static var current: RunnerContext { SharedRunnerContext.currentValue }

  /// The variables by name, as text.
  var snapshotEntries: [ContextSnapshot.Entry] {
    entries.sorted { ($0.value.name, $0.key) < ($1.value.name, $1.key) }
      .map { _, entry in
        let (value, digest) = ValueSnapshot.digested(entry.value)
        return ContextSnapshot.Entry(name: entry.name.excerpt(200), value: value, digest: digest)
      }
  }
}
