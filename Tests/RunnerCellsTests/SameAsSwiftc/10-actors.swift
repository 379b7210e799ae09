actor Thermometer {
  let label: String
  private(set) var highest: Int
  private var all: [Int]
  init(_ label: String, first: Int) {
    self.label = label
    all = [first]
    highest = first
  }
  func update(with value: Int) {
    all.append(value)
    highest = max(highest, value)
  }
}
let outside = Thermometer("outside", first: 12)
print(outside.label, await outside.highest)
//:
for value in [9, 31, 20] { await outside.update(with: value) }
print(await outside.highest)
//:
extension Thermometer {
  func convert(_ rule: (Int) -> Int) -> [Int] {
    all = all.map(rule)
    highest = all.max() ?? 0
    return all
  }
  nonisolated var badge: String { "<\(label)>" }
}
print(await outside.convert { $0 * 9 / 5 + 32 }, outside.badge)
//:
func reset(_ thermometer: isolated Thermometer, to value: Int) -> Int {
  thermometer.highest - value
}
print(await reset(outside, to: 80))
//:
actor Account {
  enum Problem: Error { case poor(Int) }
  var balance = 0
  func put(_ amount: Int) { balance += amount }
  func take(_ amount: Int) throws {
    guard amount <= balance else { throw Problem.poor(amount - balance) }
    balance -= amount
  }
}
let account = Account()
await withTaskGroup(of: Void.self) { group in
  for amount in 1...10 { group.addTask { await account.put(amount) } }
}
print(await account.balance)
//:
do {
  try await account.take(60)
} catch Account.Problem.poor(let missing) {
  print("missing", missing)
}
try await account.take(50)
print(await account.balance)
//:
actor Cache {
  private var known: [Int: Task<Int, Never>] = [:]
  private(set) var computed = 0
  func square(_ n: Int) async -> Int {
    if let task = known[n] { return await task.value }
    computed += 1
    let task = Task { n * n }
    known[n] = task
    return await task.value
  }
}
let cache = Cache()
let both = await (cache.square(7), cache.square(7))
print(both, await cache.computed)
