import RunnerCore

/// Loads a user and n posts at the same time, in child tasks that Swift makes, and returns one line.
///
/// Demonstrates plain Swift inside a task of a runner: `async let` and a task group make children that
/// run on the same loop. `tree`, `ps` and `where` show them, down to the line; they are cancelled
/// together with the task that they are a part of. asyncio has no such children: there each one is a
/// task of its own.
public func dashboard(_ n: Int) async throws -> String {
  async let user = loadUser()
  async let posts = loadPosts(n)
  return "\(try await user) has written \(try await posts.count) posts"
}

private func loadUser() async throws -> String {
  try await request(seconds: 8)
  return "Ada"
}

private func loadPosts(_ n: Int) async throws -> [String] {
  try await withThrowingTaskGroup(of: String.self) { group in
    for number in stride(from: 1, through: n, by: 1) {
      group.addTask(name: "post \(number)") { try await loadPost(number) }
    }
    var posts: [String] = []
    for try await post in group { posts.append(post) }
    return posts
  }
}

private func loadPost(_ number: Int) async throws -> String {
  try await request(seconds: 5)
  return "post \(number)"
}

private func request(seconds: Double) async throws {
  try await sleep(seconds)
}
