/// What a person wants of the prompt; `set` changes it.
package struct Preferences: Hashable, Sendable {
  /// Whether what is typed is coloured by its meaning.
  package var highlighting = true
  /// Whether the rest of an earlier input is shown behind the cursor.
  package var suggestions = true

  /// Whether the prompt counts live tasks and unread errors.
  package var counts = true

  package init() {}

  /// The names by which `set` knows them, in its order.
  package static let names = ["highlighting", "suggestions", "counts"]

  package subscript(name: String) -> Bool? {
    get {
      switch name {
      case "highlighting": highlighting
      case "suggestions": suggestions
      case "counts": counts
      default: nil
      }
    }
    set {
      guard let newValue else { return }
      switch name {
      case "highlighting": highlighting = newValue
      case "suggestions": suggestions = newValue
      case "counts": counts = newValue
      default: break
      }
    }
  }
}
