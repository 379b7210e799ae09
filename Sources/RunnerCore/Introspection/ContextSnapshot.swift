/// A frozen picture of a context: its variables by name.
public struct ContextSnapshot: Hashable, Sendable {
  public struct Entry: Hashable, Sendable {
    /// The variable's name.
    public var name: String
    public var value: ValueSnapshot
    /// Tells values apart whose texts begin alike and were cut; `nil` when the text is whole.
    public var digest: UInt64?

    public init(name: String, value: ValueSnapshot, digest: UInt64? = nil) {
      self.name = name
      self.value = value
      self.digest = digest
    }
  }

  /// What a task has for one of Swift's task-local variables.
  public struct Local: Hashable, Sendable {
    /// The variable as it is declared: `Server.request`.
    public var name: String
    /// The module that declares it.
    public var module: String?
    /// The value; `nil` when it could not be read at that moment.
    public var value: ValueSnapshot?
    /// Whether an ancestor has bound it.
    public var isInherited: Bool

    public init(name: String, module: String?, value: ValueSnapshot?, isInherited: Bool) {
      self.name = name
      self.module = module
      self.value = value
      self.isInherited = isInherited
    }
  }

  /// Whose context it is.
  public enum Owner: Hashable, Sendable {
    case runner(String)
    case task(TaskID)
  }

  public var owner: Owner
  /// The variables that are set, by name.
  public var entries: [Entry]
  /// Swift's task-local variables that a task has values for, newest first.
  ///
  /// Only where Swift's runtime is read; values only between two steps of the loop.
  public var locals: [Local]

  public init(owner: Owner, entries: [Entry], locals: [Local] = []) {
    self.owner = owner
    self.entries = entries
    self.locals = locals
  }
}
