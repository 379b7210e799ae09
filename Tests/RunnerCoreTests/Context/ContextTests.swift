import RunnerCore
import RunnerCoreTesting
import Testing

@Suite(.timeLimit(.minutes(1))) struct ContextTests {
  let word = ContextVariable("word", default: "unset")

  @Test func `case 32: a variable set in one run is seen in the next ones`() throws {
    try withRunner { runner in
      try runner.run { [word] in word.set("first") }
      let got1 = try runner.run { [word] in word.value }
      #expect(got1 == "first")
      let got2 = try runner.run { [word] in word.value }
      #expect(got2 == "first")
    }
  }

  @Test func `case 33: a run with a context of its own changes that one only`() throws {
    try withRunner { runner in
      try runner.run { [word] in word.set("runner's") }
      let context = SharedRunnerContext()
      try runner.run(context: context) { [word] in
        #expect(word.value == "unset")
        word.set("explicit")
        try await sleep(0)
        #expect(word.value == "explicit")
      }
      #expect(context.value[word] == "explicit")
      #expect(context.value.count == 1)
      let got3 = try runner.run { [word] in word.value }
      #expect(got3 == "runner's")
    }
  }

  @Test func `case 34: the caller's variables are copied at first use`() throws {
    let runner = Runner()
    let token = word.set("before first use")
    defer { try? word.reset(token) }
    _ = try runner.loop
    word.set("after first use")
    let got4 = try runner.run { [word] in word.value }
    #expect(got4 == "before first use")
    try runner.close()
  }

  @Test func `case 35: what main sets the caller does not see`() throws {
    try withRunner { runner in
      try runner.run { [word] in word.set("main's") }
      #expect(word.value == "unset")
    }
  }

  @Test func `case 36: a child has a copy, or the context that it is given`() throws {
    try withRunner { runner in
      try runner.run { [word] in
        let loop = try runner.loop
        word.set("parent's")
        let child = try loop.makeTask { () -> String in
          let inherited = word.value
          word.set("child's")
          return inherited
        }
        #expect(try await child.value == "parent's")
        #expect(word.value == "parent's")

        let shared = SharedRunnerContext(.current)
        let partner = try loop.makeTask(context: shared) { word.set("partner's") }
        _ = try await partner.value
        #expect(shared.value[word] == "partner's")
        #expect(word.value == "parent's")
      }
    }
  }

  @Test func `case 37: a callback has a copy of the context in which it was scheduled`() throws {
    let seen = Recorder<String>()
    try withRunner { runner in
      try runner.run { [word] in
        let loop = try runner.loop
        word.set("scheduled")
        try loop.schedule {
          seen.note(word.value)
          word.set("callback's")
        }
        try loop.schedule(after: .zero) { seen.note(word.value) }
        let task = try loop.makeTask {}
        task.whenDone { seen.note("done \(word.value)") }
        word.set("later")
        try await task.value
        try await sleep(0)
        #expect(word.value == "later")
      }
    }
    #expect(seen.events == ["scheduled", "scheduled", "done scheduled"])
  }

  @Test func `case 37: a reader is called in the context in which it was added`() throws {
    let pipe = try TestPipe()
    defer { pipe.close() }
    try withRunner { runner in
      try runner.run { [word] in
        let loop = try runner.loop
        let seen = loop.makeFuture(of: String.self)
        word.set("added")
        try loop.addReader(pipe.reading) {
          loop.removeReader(pipe.reading)
          try seen.resolve(word.value)
        }
        word.set("later")
        pipe.write("x")
        #expect(try await seen.value == "added")
      }
    }
  }

  @Test func `case 38: two top-level runs share no variables`() throws {
    try Runner.run { [word] in word.set("first") }
    let got5 = try Runner.run { [word] in word.value }
    #expect(got5 == "unset")
  }

  @Test func `a token puts the earlier value back, also none`() throws {
    let token = word.set("one")
    let second = word.set("two")
    #expect(second.previous == "one")
    try word.reset(second)
    #expect(word.value == "one")
    try word.reset(token)
    #expect(word.value == "unset")
    #expect(RunnerContext.current[word] == nil)
  }

  @Test func `a token is used once, by its variable, in the context in which it was made`() throws {
    let other = ContextVariable("other", default: "unset")
    let token = word.set("one")
    word.set("two")
    let foreign = try #require(throws: RunnerError.self) { try other.reset(token) }
    #expect(foreign.code == .invalidArgument)
    #expect(
      foreign.message
        == "The token was made by the variable '\(word.name)' and cannot reset 'other'; use it there."
    )
    let error = try Runner.run { [word] in
      try #require(throws: RunnerError.self) { try word.reset(token) }
    }
    #expect(error.code == .invalidArgument)
    #expect(
      error.message
        == "The token of the variable '\(word.name)' was made in another context; use it in the task"
        + " that has called set().")
    #expect(word.value == "two")
    try word.reset(token)
    #expect(word.value == "unset")
    let last = word.set("three")
    let again = try #require(throws: RunnerError.self) { try word.reset(token) }
    #expect(again.code == .invalidState)
    #expect(
      again.message
        == "The token of the variable '\(word.name)' has been used already; each one puts a value back"
        + " once.")
    #expect(word.value == "three")
    try word.reset(last)
  }

  @Test func `a timeout shares the caller's context`() throws {
    try withRunner { runner in
      try runner.run { [word] in
        try await timeout(.seconds(60)) {
          word.set("inside")
          try await sleep(0)
        }
        #expect(word.value == "inside")
      }
    }
  }

  @Test func `async let and group children share the task's context`() throws {
    try withRunner { runner in
      try runner.run { [word] in
        word.set("task's")
        async let child = word.value
        #expect(await child == "task's")
        let values = await withTaskGroup(of: String.self) { group in
          group.addTask { word.value }
          return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(values == ["task's"])
      }
    }
  }
}
