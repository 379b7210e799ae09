/// The result of a task or a future, outside of the object that it belongs to.
///
/// A stored `Value?` would have the runtime look that generic type up at each use, which costs a thousand
/// instructions.
extension UnsafeMutablePointer {
  /// Moves a value to memory of its own; one without a size needs only a place that is none.
  static func kept(_ value: consuming Pointee) -> Self? {
    let place =
      MemoryLayout<Pointee>.size > 0
      ? Self.allocate(capacity: 1) : Self(bitPattern: MemoryLayout<Pointee>.alignment)
    place?.initialize(to: value)
    return place
  }

  /// Destroys a value that `kept` has moved.
  func forget() {
    deinitialize(count: 1)
    if MemoryLayout<Pointee>.size > 0 { deallocate() }
  }
}
