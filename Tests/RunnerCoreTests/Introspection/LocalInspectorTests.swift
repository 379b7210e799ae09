import RunnerCore
import RunnerCoreTesting
import Testing

@Suite(.timeLimit(.minutes(1))) struct LocalInspectorTests {
  @Test func `what does not exist is named in an error that says what to do`() throws {
    let runner = Runner(.init(name: "bare"))
    let inspector = LocalInspector([runner])
    func message(_ call: () throws -> Void) -> String? {
      #expect(throws: RunnerError.self) { try call() }?.message
    }
    #expect(
      message { _ = try inspector.loop(of: "nobody") }
        == "There is no runner 'nobody'; 'runners' lists those there are.")
    #expect(
      message { _ = try inspector.loop(of: "bare") }
        == "The runner 'bare' has no loop yet; 'start bare' makes it.")
    #expect(
      message { _ = try inspector.task(TaskID(0)) }
        == "There is no task 0; 'ps' lists the live ones.")
    #expect(
      message { _ = try inspector.context(of: .task(TaskID(0))) }
        == "There is no live task 0; 'ps' lists them.")
    #expect(message { _ = try inspector.tasks(TaskQuery(runner: "nobody")) } != nil)
    #expect(message { _ = try inspector.history(TaskQuery(runner: "nobody")) } != nil)
    #expect(try inspector.tasks(TaskQuery()).total == 0)
    #expect(try inspector.context(of: .runner("bare")).entries.isEmpty)
  }

  @Test(arguments: [["one"], ["one", "two"]])
  func `a part of a listing is found by its place, from either end, or by a task in it`(
    names: [String]
  ) throws {
    let runners = names.map { Runner.virtual(name: $0) }
    let inspector = LocalInspector(runners)
    for runner in runners {
      let loop = try runner.loop
      for number in 0..<(20 / names.count) {
        try loop.makeTask(named: "t\(number)") { try await sleep(10) }
      }
    }
    let all = try inspector.tasks(TaskQuery()).tasks.map(\.id)
    #expect(all.count == 20)
    for order in TaskQuery.Order.allCases {
      let whole = try inspector.tasks(TaskQuery(order: order)).tasks.map(\.id)
      let turned = try inspector.tasks(TaskQuery(order: order, isReversed: true)).tasks.map(\.id)
      #expect(turned == whole.reversed())
      for offset in [-1, 0, 3, 15, 19, 20, 1000, .max] {
        for limit in [-1, 0, 1, 7, .max] {
          for isReversed in [false, true] {
            let part = try inspector.tasks(
              TaskQuery(order: order, isReversed: isReversed, limit: limit, offset: offset))
            let expected = (isReversed ? turned : whole)
              .dropFirst(max(0, offset)).prefix(max(0, limit))
            #expect(part.tasks.map(\.id) == Array(expected), "\(order) \(offset) \(limit)")
            #expect(part.matching == 20)
            #expect(part.tasks.isEmpty || part.offset == offset || offset < 0 && part.offset == 0)
          }
        }
      }
      for (index, anchor) in whole.enumerated() {
        let part = try inspector.tasks(TaskQuery(order: order, limit: 6, offset: 7, anchor: anchor))
        #expect(part.tasks.map(\.id) == Array(whole[part.offset..<(part.offset + 6)]))
        #expect(part.tasks.contains { $0.id == anchor })
        if (7..<13).contains(index) { #expect(part.offset == 7) }
      }
    }
    let without = TaskQuery(namePattern: "t1*", limit: 6, offset: 1, anchor: all[0])
    #expect(try inspector.tasks(without).offset == 1)
    for runner in runners { try runner.close() }
  }

  @Test func `tasks are ordered by the length of their waits and by their steps`() throws {
    let runner = Runner.virtual(name: "waits")
    let other = Runner.virtual(name: "other")
    let inspector = LocalInspector([runner])
    try runner.run(named: "main") {
      let loop = try runner.loop
      try loop.makeTask(named: "busy") { for _ in 0..<8 { try await sleep(1) } }
      try loop.makeTask(named: "patient") { try await sleep(100) }
      try await sleep(3.5)
      func names(_ order: TaskQuery.Order) throws -> [String] {
        try inspector.tasks(TaskQuery(order: order)).tasks.map(\.name)
      }
      #expect(try names(.waiting) == ["patient", "busy", "main"])
      #expect(try names(.steps) == ["busy", "main", "patient"])
      // Another loop beside it makes no difference.
      _ = try other.loop
      inspector.add(other)
      #expect(try names(.waiting) == ["patient", "busy", "main"])
      #expect(try names(.steps) == ["busy", "main", "patient"])
    }
    try other.close()
    try runner.close()
  }

  @Test func `tasks are filtered, ordered and cut as asked`() throws {
    let runner = Runner.virtual(name: "many")
    let inspector = LocalInspector([runner])
    try runner.run(named: "main") {
      let loop = try runner.loop
      for name in ["b-2", "a-1", "b-1"] {
        try loop.makeTask(named: name) {
          do { try await sleep(10) } catch { try await sleep(10) }
        }
        try await sleep(1)
      }
      func names(_ query: TaskQuery) throws -> [String] {
        try inspector.tasks(query).tasks.map(\.name)
      }
      #expect(try names(TaskQuery()) == ["main", "b-2", "a-1", "b-1"])
      #expect(try names(TaskQuery(order: .name)) == ["a-1", "b-1", "b-2", "main"])
      #expect(try names(TaskQuery(order: .age)) == ["main", "b-2", "a-1", "b-1"])
      #expect(try names(TaskQuery(order: .state)) == ["main", "b-2", "a-1", "b-1"])
      #expect(try names(TaskQuery(namePattern: "b-*")) == ["b-2", "b-1"])
      #expect(try names(TaskQuery(states: [.running])) == ["main"])
      loop.tasks.first { $0.name == "a-1" }?.cancel()
      #expect(try names(TaskQuery(order: .cancels, limit: 1)) == ["a-1"])
      let cut = try inspector.tasks(TaskQuery(order: .name, limit: 2))
      #expect(cut.tasks.map(\.name) == ["a-1", "b-1"])
      #expect(cut.matching == 4)
      #expect(cut.total == 4)
      #expect(cut.consistency == .exact)
      #expect(try inspector.tasks(TaskQuery(limit: -1)).tasks.isEmpty)
      #expect(try inspector.history(TaskQuery(limit: -1)).tasks.isEmpty)
      #expect(try inspector.task(loop.tasks[0].id).role == .main)
    }
    try runner.close()
  }

  @Test func `the history keeps the newest, as many as it may`() throws {
    let loop = EventLoop(name: "short", historyLimit: 4)
    let runner = Runner(.init(name: "short", makeLoop: { loop }))
    let inspector = LocalInspector([runner])
    try runner.run(named: "main") {
      for number in 0..<10 { try await loop.makeTask(named: "n\(number)") {}.value }
    }
    #expect(
      try inspector.history(TaskQuery()).tasks.map(\.name) == ["n7", "n8", "n9", "main"])
    #expect(try inspector.history(TaskQuery(limit: 2)).tasks.map(\.name) == ["n9", "main"])
    #expect(try inspector.history(TaskQuery(namePattern: "n*")).matching == 3)
    #expect(try inspector.runners()[0].endedTasks == 11)
    // What the count line of 'history' says.
    let listing = try inspector.history(TaskQuery(namePattern: "n*", limit: 2))
    #expect(listing.remembered == 4)
    #expect(listing.total == 11)
    #expect(try inspector.tasks(TaskQuery()).remembered == nil)
    try runner.close()
  }

  @Test func `long values are cut, and told apart all the same`() throws {
    let text = ContextVariable("text", default: "")
    let runner = Runner.virtual(name: "contexts")
    let inspector = LocalInspector([runner])
    try runner.run {
      let loop = try runner.loop
      let ids = try ["a", "b", "a"].map { ending in
        try loop.makeTask {
          text.set(String(repeating: "x\n", count: 500_000) + ending)
          try await sleep(1)
        }.id
      }
      try await sleep(0)
      let entries = try ids.map { try inspector.context(of: .task($0)).entries }
      #expect(entries[0][0].value.text.count == 501)
      #expect(entries[0][0].value == entries[1][0].value)
      #expect(entries[0] != entries[1])
      #expect(entries[0] == entries[2])
    }
    try runner.close()
  }

  @Test func `variables of one name stand in one order in every context`() throws {
    let variables = (0..<20).map { _ in ContextVariable("same", default: 0) }
    let runner = Runner.virtual(name: "contexts")
    let inspector = LocalInspector([runner])
    try runner.run {
      let loop = try runner.loop
      let ids = try [variables, variables.reversed()].map { variables in
        try loop.makeTask {
          for variable in variables {
            variable.set(variables.first === variable || variables.last === variable ? 1 : 0)
          }
          try await sleep(1)
        }.id
      }
      try await sleep(0)
      #expect(
        try inspector.context(of: .task(ids[0])).entries
          == inspector.context(of: .task(ids[1])).entries)
    }
    try runner.close()
  }

  @Test func `contexts of runners and tasks are shown by name`() throws {
    let word = ContextVariable("word", default: "")
    let runner = Runner.virtual(name: "contexts")
    let inspector = LocalInspector([runner])
    try runner.run {
      word.set("runner's")
      let task = try runner.loop.makeTask {
        word.set("task's")
        try await sleep(1)
      }
      try await sleep(0)
      let entries = try inspector.context(of: .task(task.id)).entries
      #expect(
        entries == [.init(name: "word", value: ValueSnapshot(type: "String", text: "task's"))])
      #expect(
        try inspector.context(of: .runner("contexts")).entries.map(\.value.text) == ["runner's"])
    }
    try runner.close()
  }
}
