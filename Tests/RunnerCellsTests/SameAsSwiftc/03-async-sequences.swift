struct Countdown: AsyncSequence, AsyncIteratorProtocol {
  var from: Int
  mutating func next() async -> Int? {
    await Task.yield()
    guard from > 0 else { return nil }
    defer { from -= 1 }
    return from
  }
  func makeAsyncIterator() -> Countdown { self }
}

for await number in Countdown(from: 3) {
  print(number)
}
//:
let letters = AsyncStream<Character> { continuation in
  for letter in "abc" { continuation.yield(letter) }
  continuation.finish()
}
for await letter in letters { print(letter, terminator: " ") }
print()
//:
let squares = Countdown(from: 5).map { $0 * $0 }.filter { $0 % 2 == 1 }
for await square in squares { print(square) }
//:
print(await Countdown(from: 4).reduce(0, +), await Countdown(from: 4).contains(2))
//:
struct Broken: Error {}
let lines = AsyncThrowingStream<String, any Error> { continuation in
  continuation.yield("one")
  continuation.yield("two")
  continuation.finish(throwing: Broken())
}
do {
  for try await line in lines { print(line) }
} catch {
  print("ended by", error)
}
//:
var iterator = Countdown(from: 2).makeAsyncIterator()
while let number = await iterator.next() { print("left", number) }
//:
let (numbers, source) = AsyncStream.makeStream(of: Int.self)
let producer = Task {
  for number in 1...4 { source.yield(number) }
  source.finish()
}
var seen: [Int] = []
for await number in numbers.prefix(3) { seen.append(number) }
await producer.value
print(seen)
