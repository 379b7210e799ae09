import Foundation

struct Reading: Sendable, Hashable { var degrees: Double }
final class Box: @unchecked Sendable {
  private let lock = NSLock()
  private var values: [Reading] = []
  func add(_ reading: Reading) { lock.withLock { values.append(reading) } }
  var sum: Double { lock.withLock { values.reduce(0) { $0 + $1.degrees } } }
}
let box = Box()
//:
await withTaskGroup(of: Void.self) { group in
  for n in 1...8 { group.addTask { box.add(Reading(degrees: Double(n) / 2)) } }
}
print(String(format: "%.2f", box.sum))
//:
let twice: @Sendable (Reading) -> Reading = { Reading(degrees: $0.degrees * 2) }
let doubled = Task.detached { twice(Reading(degrees: 21)) }
print(await doubled.value.degrees)
//:
func legacy(_ n: Int, then done: @escaping @Sendable (Int) -> Void) {
  DispatchQueue.global().async { done(n + 1) }
}
func modern(_ n: Int) async -> Int {
  await withCheckedContinuation { continuation in
    legacy(n) { continuation.resume(returning: $0) }
  }
}
print(await modern(41))
//:
struct Refused: Error, CustomStringConvertible { let description = "refused" }
func asked(_ yes: Bool) async throws -> String {
  try await withCheckedThrowingContinuation { continuation in
    continuation.resume(with: yes ? .success("granted") : .failure(Refused()))
  }
}
print(try await asked(true))
do { print(try await asked(false)) } catch { print(error) }
//:
class Notebook { var pages = ["first"] }
func write(_ notebook: sending Notebook) async -> Int {
  notebook.pages.append("second")
  return notebook.pages.count
}
print(await write(Notebook()))
//:
let start = ContinuousClock.now
try await Task.sleep(for: .milliseconds(5))
print(ContinuousClock.now - start >= .milliseconds(5))
