/// What was typed at the prompt, in this session and in those before it; each input once.
package protocol InputHistory: AnyObject, Sendable {
  /// The number of inputs that are remembered.
  var count: Int { get }

  /// Returns the inputs that contain a text, all of them for an empty one, oldest first.
  ///
  /// Called between two lines, on the thread that reads.
  func inputs(containing text: String) -> [String]
}
