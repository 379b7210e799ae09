import Testing

@testable import RunnerCells

@Suite struct CellSessionTests {
  private func parts(_ text: String) throws -> CellParts {
    guard case .complete(let parts) = CellReading.of(CellSource(name: "cell", text: text)) else {
      throw CellError(.incomplete, text)
    }
    return parts
  }

  private func add(
    _ text: String, to session: inout CellSession, hasValue: Bool = false
  ) throws -> Bool {
    let context = session.context
    let number = session.reserve()
    return session.commit(number, try parts(text), builtIn: context, hasValue: hasValue)
  }

  @Test func `the newest declaration of a name is the one that counts`() throws {
    var session = CellSession(prelude: ["RunnerCore"])
    #expect(session.context == CellContext(prelude: ["RunnerCore"]))
    _ = try add("let a = 1; func f() {}", to: &session)
    _ = try add("struct a {}", to: &session)
    _ = try add("let f = 2", to: &session)
    #expect(session.names.map { "\($0.declaration.name) \($0.module)" } == ["a Cell2", "f Cell3"])
    #expect(session.context.owners == ["f": "Cell3"])
    #expect(session.owner(of: "a") == "Cell2")
  }

  @Test func `what declares nothing is no link of the chain`() throws {
    var session = CellSession(prelude: [])
    _ = try add("let a = 1", to: &session)
    _ = try add("a + 1", to: &session, hasValue: true)
    #expect(session.context.head == "Cell1")
    #expect(session.context.lastValue == "Cell2")
    #expect(session.cells.map(\.number) == [1, 2])
    _ = try add("extension Int {}", to: &session)
    #expect(session.context.head == "Cell3")
    #expect(session.context.lastValue == "Cell2")
  }

  @Test func `of two cells that do not know each other the second is not kept`() throws {
    var session = CellSession(prelude: [])
    let context = session.context
    let (first, second, third) = (session.reserve(), session.reserve(), session.reserve())
    #expect(
      session.commit(second, try parts("let b = 1"), builtIn: context, hasValue: false))
    #expect(
      !session.commit(first, try parts("let a = 1"), builtIn: context, hasValue: false))
    #expect(session.commit(third, try parts("print(1)"), builtIn: context, hasValue: false))
    #expect(session.cells.map(\.number) == [2, 3])
  }

  @Test func `a cell gets the number that it wants, unless a module has it`() {
    var session = CellSession(prelude: [])
    #expect(session.reserve(7) == 7)
    #expect(session.reserve() == 8)
    #expect(session.reserve(3) == 3)
    #expect(session.reserve(7) == 9)
    session.release(3)
    #expect(session.reserve(3) == 3)
  }

  @Test func `of functions with the same parameters the newest is the one to replace`() throws {
    var session = CellSession(prelude: [])
    _ = try add("func f(_ n: Int = 1) -> Int { n }; struct S {}", to: &session)
    _ = try add("func f(_ s: String) async -> Int { 1 }", to: &session)
    _ = try add("func f(_ n: Int) -> String { \"\" }", to: &session)
    #expect(
      session.context.functions["f"]?.map(\.text) == [
        "func f(_ s: String) async -> Int", "func f(_ n: Int) -> String",
      ])
    #expect(session.context.types == ["S"])
  }

  @Test func `a number that nothing was loaded for is used again`() {
    var session = CellSession(prelude: [])
    let first = session.reserve()
    session.release(first)
    #expect(session.reserve() == first)
    let second = session.reserve()
    session.release(first)
    #expect(session.reserve() == second + 1)
  }

  @Test func `a reset forgets names and keeps counting`() throws {
    var session = CellSession(prelude: ["RunnerCore"])
    _ = try add("let a = 1\na", to: &session, hasValue: true)
    session.reset()
    #expect(session.context == CellContext(prelude: ["RunnerCore"]))
    #expect(session.reserve() == 2)
  }
}
