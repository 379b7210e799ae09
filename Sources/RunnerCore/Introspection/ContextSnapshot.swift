/// A frozen picture of a context: its variables by name.
public struct ContextSnapshot: Hashable, Sendable {
  public struct Entry: Hashable, Sendable {
    /// The variable's name.
    public var name: String
    public var value: ValueSnapshot

    public init(name: String, value: ValueSnapshot) {
      self.name = name
      self.value = value
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

  public init(owner: Owner, entries: [Entry]) {
    self.owner = owner
    self.entries = entries
  }
}
