import Glibc
import RunnerCore

/// A task whose recursion has no end, while another thread looks at it all the time.
enum Overflow {
  static func run() throws {
    let runner = Runner(.init(name: "main"))
    let inspector = LocalInspector([runner])
    startThread {
      while true {
        for task in (try? inspector.tasks(TaskQuery()).tasks) ?? [] {
          _ = try? inspector.stack(of: task.id)
          _ = try? inspector.explanation(of: task.id)
        }
      }
    }
    _ = write(STDOUT_FILENO, "begin\n", 6)
    try runner.run(named: "deep") { print(descend(1)) }
  }

  @inline(never)
  private static func descend(_ depth: Int) -> Int {
    // Slow enough for the other thread to look at it, several times on the way down.
    if depth % 64 == 0 { sched_yield() }
    return depth == .max ? 0 : descend(depth + 1) &+ depth
  }

  private static func startThread(_ body: @escaping @Sendable () -> Void) {
    final class Box: Sendable {
      let body: @Sendable () -> Void
      init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
    var thread = pthread_t()
    pthread_create(
      &thread, nil,
      { argument in
        argument.map { Unmanaged<Box>.fromOpaque($0).takeRetainedValue().body() }
        return nil
      }, Unmanaged.passRetained(Box(body)).toOpaque())
  }
}
