import Testing

@testable import RunnerCellRuntime

@Suite struct TypeNameTests {
  private protocol Shape {}
  private struct Generic<T> { struct Inner {} }

  @Test func `names are as one writes them`() {
    #expect(TypeName.of([Int].self) == "[Int]")
    #expect(TypeName.of([String: [Int?]].self) == "[String: [Int?]]")
    #expect(TypeName.of(Set<[Int]>.self) == "Set<[Int]>")
    #expect(TypeName.of((Int, label: [String]).self) == "(Int, label: [String])")
    #expect(TypeName.of(Void.self) == "Void")
    #expect(TypeName.of(Generic<[Int]>.Inner.self) == "Inner")
    #expect(TypeName.of(Result<Int, Never>?.self) == "Result<Int, Never>?")
  }

  @Test func `protocols have their any`() {
    #expect(TypeName.of((any Error).self) == "any Error")
    #expect(TypeName.of([any Shape].self) == "[any Shape]")
    #expect(TypeName.of((any Error)?.self) == "(any Error)?")
    #expect(TypeName.of(Any.self) == "Any")
    #expect(TypeName.of([Any].self) == "[Any]")
    #expect(TypeName.of((any Shape & Error).self).contains(" & "))
  }

  @Test func `functions are read too`() {
    #expect(TypeName.of(((Int) -> Int).self) == "(Int) -> Int")
    #expect(
      TypeName.of(((Int) async throws -> [Int]).self)
        == "nonisolated(nonsending) (Int) async throws -> [Int]")
    #expect(TypeName.of(((Int) -> Int)?.self) == "((Int) -> Int)?")
    let name = "(inout Array<Int>, Optional<String>...) async throws(Failure) -> ()"
    #expect(TypeName.sugared(name) == "(inout [Int], String?...) async throws(Failure) -> Void")
    #expect(TypeName.of((() -> Void).self) == "() -> Void")
    #expect(TypeName.of(Int.Type.self) == "Int.Type")
  }

  @Test(arguments: ["(unknown context at $7f).Foo<", "a b", "Array<", "", "(Int", "Optional<Int>>"])
  func `a name that cannot be read stays as it is`(name: String) {
    #expect(TypeName.sugared(name) == name)
  }
}
