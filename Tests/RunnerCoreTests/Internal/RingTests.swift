@testable import RunnerCore
import RunnerCoreTesting
import Testing

@Suite struct RingTests {
  /// Counts how many of its kind live.
  private final class Token {
    let number: Int
    let live: Shared<Int>

    init(_ number: Int, _ live: Shared<Int>) {
      (self.number, self.live) = (number, live)
      live.value += 1
    }

    deinit { live.value -= 1 }
  }

  @Test(arguments: 0..<20)
  func `elements come and go at both ends and in the middle as in an array`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let live = Shared(0)
    var expected: [Int] = []
    do {
      var ring = Ring<Token>()
      for number in 0..<2_000 {
        switch Int.random(in: 0..<10, using: &random) {
        case 0 where !expected.isEmpty:
          let last = ring.removeLast().number
          #expect(last == expected.removeLast())
        case 1...3 where !expected.isEmpty:
          let first = ring.removeFirst().number
          #expect(first == expected.removeFirst())
        case 4 where !expected.isEmpty:
          let place = Int.random(in: 0..<expected.count, using: &random)
          let removed = ring.remove(at: place).number
          #expect(removed == expected.remove(at: place))
        default:
          ring.append(Token(number, live))
          expected.append(number)
        }
        let count = ring.count
        #expect(count == expected.count)
        #expect(live.value == count)
      }
      let numbers = (0..<ring.count).map { ring[$0].number }
      #expect(numbers == expected)
    }
    // What was left in it is released with it.
    #expect(live.value == 0)
  }

  @Test func `a ring takes no memory before there is something in it`() {
    var ring = Ring<Int>()
    let before = ring.capacity
    ring.append(1)
    let after = ring.capacity
    #expect(before == 0)
    #expect(after > 0)
  }
}
