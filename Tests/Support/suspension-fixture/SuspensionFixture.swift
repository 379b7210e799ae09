import Glibc
import RunnerCore

/// Makes a task that stands where a kind wants it, and prints what `ps`, `where` and `why` say of it.
///
/// Without an argument it lists the kinds: `# GROUP` lines, and `NUMBER KIND` lines under them. With
/// `all` it prints what `ps` and `tree` say of all tasks of the first kind.
@main enum SuspensionFixture {
  static func main() throws {
    // Whatever stands still here must not stand for ever.
    alarm(30)
    let kinds = Kind.groups.flatMap(\.kinds)
    if CommandLine.arguments.count == 1 { return list() }
    if CommandLine.arguments[1] == "all" { return try play(kinds[0], showsAll: true) }
    guard let number = Int(CommandLine.arguments[1]), kinds.indices.contains(number) else {
      print("There is no such kind: give a number below \(kinds.count).")
      exit(2)
    }
    try play(kinds[number])
  }

  private static func list() {
    var number = 0
    for group in Kind.groups {
      print("# \(group.title)")
      for kind in group.kinds {
        print("\(number) \(kind.title)")
        number += 1
      }
    }
  }

  private static func play(_ kind: Kind, showsAll: Bool = false) throws {
    let isBeside = if case .beside = kind.moment { true } else { false }
    let runner =
      isBeside
      ? Runner(.init(name: "main"))
      : Runner(.init(name: "main", makeLoop: { .virtualTime(name: "main") }))
    let view = View(LocalInspector([runner]), kind.subject, hidesTimes: isBeside)
    let stage = Stage(loop: try runner.loop)
    try runner.run(named: "main") {
      // What is read when somebody first looks.
      _ = try view.lines()
      try await sleep(0)
      try kind.start(stage)
      switch kind.moment {
      case .atOnce: view.show()
      case .soon:
        for _ in 0..<5 { try await sleep(0) }
        try await view.showInside()
      case .later:
        try await sleep(1)
        if showsAll { view.showAll() }
        try await view.showInside()
      case .afterwards: try await sleep(1)
      case .beside(let condition):
        view.show(when: condition)
        // Only what the kind itself leaves undone may keep the loop from coming to its end.
        _ = try await stage.loop.makeFuture(of: Int.self).value
      }
    }
    view.show()
  }
}
