/// Objects of the program that cells may name though no cell has declared them.
package struct GivenObjects: Sendable {
  /// Their type with its module, as cells write it.
  package let type: String
  private let all: @Sendable () -> [(name: String, object: any AnyObject & Sendable)]

  /// Creates a list that is asked for whenever it is needed, from any thread.
  package init(
    type: String,
    _ all: @escaping @Sendable () -> [(name: String, object: any AnyObject & Sendable)]
  ) {
    self.type = type
    self.all = all
  }

  /// The names that cells can use.
  var names: Set<String> { Set(all().map(\.name).filter(Self.canName)) }

  /// Whether cells can use a name; one with a capital would hide a type.
  static func canName(_ name: String) -> Bool {
    guard let first = name.first, first.isLowercase || first == "_", name != "_" else {
      return false
    }
    return name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
  }

  /// The object that has a name now.
  func object(named name: String) -> (any AnyObject & Sendable)? {
    all().last { $0.name == name }?.object
  }
}
