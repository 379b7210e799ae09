let greeting = Task { "hello" }
print(await greeting.value)
//:
let failing = Task<Int, any Error> { throw CancellationError() }
switch await failing.result {
case .success(let value): print(value)
case .failure(let error): print("failed with", error)
}
//:
@TaskLocal var user = "nobody"
//:
func whoIsIt() async -> String { user }

await $user.withValue("ada") {
  let inherited = Task { await whoIsIt() }
  let detached = Task.detached { await whoIsIt() }
  print(await inherited.value, await detached.value, await whoIsIt())
}
//:
let chain = Task {
  let inner = Task { 20 }
  return await inner.value * 2 + 2
}
print(await chain.value)
//:
let tasks = (1...4).map { n in Task { n * n } }
var results: [Int] = []
for task in tasks { results.append(await task.value) }
print(results)
//:
let high = Task(priority: .high) { Task.currentPriority >= .medium }
print(await high.value)
//:
func later<T: Sendable>(_ work: @escaping @Sendable () async -> T) -> Task<T, Never> {
  Task { await work() }
}

print(await later { "later" }.value, await later { [1, 2] }.value)
