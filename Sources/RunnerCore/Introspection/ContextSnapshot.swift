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
