/// Something that has a value which says nothing.
protocol Emptiable {
  init()
}

extension Array: Emptiable {}
extension Dictionary: Emptiable {}
extension Optional: Emptiable {
  init() { self = nil }
}

/// A value that is mostly the empty one, of which only another one takes memory; a value itself.
indirect enum Rare<Value: Emptiable & Hashable & Sendable>: Hashable, Sendable {
  case empty
  case some(Value)

  init() { self = .empty }

  var value: Value {
    get { if case .some(let value) = self { value } else { Value() } }
    set { self = newValue == Value() ? .empty : .some(newValue) }
  }
}
