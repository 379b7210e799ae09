func dig(_ depth: Int) async -> String {
  var dug = 0
  while dug < depth, !Task.isCancelled {
    dug += 1
    await Task.yield()
  }
  return dug == depth ? "done" : "stopped"
}

print(await dig(3))
//:
let deep = Task { await dig(.max) }
deep.cancel()
print(await deep.value, deep.isCancelled)
//:
let sleeper = Task {
  do {
    try await Task.sleep(for: .seconds(3600))
    return "slept"
  } catch is CancellationError {
    return "woken"
  }
}
sleeper.cancel()
print(try await sleeper.value)
//:
let checked = Task { () -> Int in
  while true {
    try Task.checkCancellation()
    await Task.yield()
  }
}
checked.cancel()
do {
  print(try await checked.value)
} catch {
  print(type(of: error), error is CancellationError)
}
//:
let handled = Task {
  await withTaskCancellationHandler {
    await dig(.max)
  } onCancel: {
    print("asked to stop")
  }
}
handled.cancel()
print(await handled.value)
//:
let parent = Task {
  await withTaskGroup(of: String.self) { group in
    for _ in 0..<3 { group.addTask { await dig(.max) } }
    return await group.reduce(into: [String]()) { $0.append($1) }
  }
}
parent.cancel()
print(await parent.value)
//:
let winner = await withTaskGroup(of: String?.self) { group in
  group.addTask { await dig(.max) == "done" ? "deep" : nil }
  group.addTask { "shallow" }
  defer { group.cancelAll() }
  for await name in group { if let name { return name } }
  return "nobody"
}
print(winner)
