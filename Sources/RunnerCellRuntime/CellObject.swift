/// Objects that the program gives to cells by name.
public enum CellObject {
  /// Finds them; set before the first cell runs.
  nonisolated(unsafe) private static var find: (@Sendable (String) -> (any AnyObject & Sendable)?)?

  /// Tells where objects are found; called once, before cells run.
  public static func give(_ find: @escaping @Sendable (String) -> (any AnyObject & Sendable)?) {
    Self.find = find
  }

  /// The object that has a name now; what compiled cells call.
  public static func named<Object: AnyObject>(_ name: String, as type: Object.Type) -> Object {
    guard let object = find?(name) as? Object else {
      fatalError("There is no '\(name)' any more.")
    }
    return object
  }
}
