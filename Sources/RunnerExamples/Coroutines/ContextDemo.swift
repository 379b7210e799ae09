import RunnerCore

private let user = ContextVariable("user", default: "nobody")

/// Sets a context variable, and lets a child task read and change its copy of it.
///
/// Demonstrates contexts: a task begins with a copy of what its maker had set at that moment, and
/// from then on each changes only its own. The runs of one runner share that runner's context, so a
/// second `run` of this begins with what the first one left. In asyncio: `contextvars.ContextVar`.
public func contextDemo() async throws {
  print("parent: the user was \(user.value)")
  user.set("Ada")
  let child = try runningLoop().makeTask(named: "child") {
    print("child: the user is \(user.value)")
    user.set("Grace")
    try await sleep(1)
    print("child: the user is \(user.value) now")
  }
  user.set("Alan")
  try await child.awaitValue()
  print("parent: the user is \(user.value)")
}
