func thumbnail(_ name: String) async -> String {
  for _ in 0..<name.count { await Task.yield() }
  return name.uppercased()
}
let names = ["sea", "mountain", "fog"]
//:
let made = await withTaskGroup(of: String.self) { group in
  for name in names { group.addTask { await thumbnail(name) } }
  return await group.reduce(into: Set<String>()) { $0.insert($1) }
}
print(made.sorted())
//:
let inOrder = await withTaskGroup(of: (Int, String).self, returning: [String].self) { group in
  for (index, name) in names.enumerated() {
    group.addTask { (index, await thumbnail(name)) }
  }
  var results = Array(repeating: "", count: names.count)
  for await (index, result) in group { results[index] = result }
  return results
}
print(inOrder)
//:
await withTaskGroup(of: Int.self) { group in
  var next = 0
  var sum = 0
  for _ in 0..<2 {
    group.addTask { [next] in next * 10 }
    next += 1
  }
  while let value = await group.next() {
    sum += value
    if next < 5 {
      group.addTask { [next] in next * 10 }
      next += 1
    }
  }
  print("sum", sum)
}
//:
await withTaskGroup { group in
  group.addTask { await thumbnail("sky") }
  group.cancelAll()
  print(group.isCancelled, group.addTaskUnlessCancelled { "never" })
  print(await group.next() ?? "nothing")
}
//:
actor Tally {
  private(set) var count = 0
  func up() { count += 1 }
}
let tally = Tally()
await withDiscardingTaskGroup { group in
  for _ in 1...20 { group.addTask { await tally.up() } }
}
print(await tally.count)
