/// A screen that a view can have for itself.
///
/// `show` is called on the thread that reads lines; what others write meanwhile is kept for later.
package protocol FullScreen: AnyObject, Sendable {
  /// Shows a view until it leaves.
  ///
  /// - Parameters:
  ///   - view: The view at its start.
  ///   - ask: Answers a question of the view, on a thread of its own; may be slow.
  /// - Returns: The view as it was when it left.
  /// - Throws: What `ask` throws: the view is over then.
  func show<View: FullScreenView>(
    _ view: View, ask: @escaping @Sendable (View.Question) throws -> View.Answer
  ) throws -> View
}

/// A view that fills the screen, as a value: keys and answers change it, and it draws itself.
///
/// It knows no terminal and asks nobody: what it wants to know is its `question`, and whoever shows
/// it brings the answers.
package protocol FullScreenView: Sendable {
  associatedtype Question: Sendable
  associatedtype Answer: Sendable

  /// What it has to know for its next picture.
  var question: Question { get }
  /// The time between two questions.
  var interval: Duration { get }

  /// Takes the size of the screen; called before anything else, and whenever it changes.
  mutating func resize(to size: ScreenSize)
  /// Takes what a person did.
  mutating func press(_ key: ScreenKey) -> FullScreenAction
  /// Takes the answer to a question, perhaps to an earlier one.
  mutating func take(_ answer: Answer) -> FullScreenAction
  /// Draws what is to be seen now.
  func frame() -> ScreenFrame
}

/// What a view wants after a transition.
package enum FullScreenAction: Hashable, Sendable {
  /// Nothing but to be drawn again.
  case stay
  /// Its question is asked at once.
  case ask
  /// It is over.
  case leave
}
