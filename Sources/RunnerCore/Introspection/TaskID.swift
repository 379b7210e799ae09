/// A number that names one task of this process and is never reused.
public struct TaskID: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The number itself; the first task of a process is 1.
  public let number: UInt64

  /// Creates the identity with this number.
  public init(_ number: UInt64) {
    self.number = number
  }

  public static func < (left: TaskID, right: TaskID) -> Bool { left.number < right.number }

  public var description: String { String(number) }
}
