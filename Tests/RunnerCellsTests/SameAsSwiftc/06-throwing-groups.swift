struct Leak: Error { let pipe: Int }
func pressure(inPipe number: Int) async throws -> Int {
  await Task.yield()
  if number == 13 { throw Leak(pipe: number) }
  return 100 - number
}
//:
let readings = try await withThrowingTaskGroup(of: Int.self) { group in
  for pipe in 1...4 { group.addTask { try await pressure(inPipe: pipe) } }
  return try await group.reduce(into: []) { $0.append($1) }.sorted()
}
print(readings)
//:
do {
  try await withThrowingTaskGroup(of: Int.self) { group in
    for pipe in 12...14 { group.addTask { try await pressure(inPipe: pipe) } }
    for try await _ in group {}
  }
  print("tight")
} catch let leak as Leak {
  print("leak in", leak.pipe)
}
//:
let outcomes = await withThrowingTaskGroup(of: Int.self) { group in
  for pipe in [2, 13] { group.addTask { try await pressure(inPipe: pipe) } }
  var outcomes: [String] = []
  while let result = await group.nextResult() {
    switch result {
    case .success(let value): outcomes.append("value \(value)")
    case .failure(let error): outcomes.append("error \(error)")
    }
  }
  return outcomes
}
print(outcomes.count, outcomes.sorted())
//:
func inspect(_ pipes: ClosedRange<Int>) async throws -> Int {
  try await withThrowingTaskGroup(of: Int.self) { group in
    for pipe in pipes { group.addTask { try await pressure(inPipe: pipe) } }
    var lowest = Int.max
    for try await value in group { lowest = min(lowest, value) }
    return lowest
  }
}

print(try await inspect(1...9))
//:
print((try? await inspect(10...15)) == nil)
