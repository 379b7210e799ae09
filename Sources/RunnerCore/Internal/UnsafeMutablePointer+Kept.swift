/// The result of a task or a future, outside of the object that it belongs to.
///
/// A stored `Value?` would have the runtime look that generic type up at each use, which costs a thousand
/// instructions.
extension UnsafeMutablePointer {
  /// Memory for a value; one without a size needs only a place that is none.
  static func place() -> Self {
    if MemoryLayout<Pointee>.size == 0,
      let nowhere = Self(bitPattern: MemoryLayout<Pointee>.alignment)
    {
      return nowhere
    }
    return .allocate(capacity: 1)
  }

  /// Moves a value to memory of its own.
  static func kept(_ value: consuming Pointee) -> Self {
    let place = place()
    place.initialize(to: value)
    return place
  }

  /// Gives back the memory of `place`, in which there is no value.
  func dropPlace() {
    if MemoryLayout<Pointee>.size > 0 { deallocate() }
  }

  /// Destroys a value in such memory, and gives the memory back.
  func forget() {
    if !_isPOD(Pointee.self) { deinitialize(count: 1) }
    dropPlace()
  }
}
