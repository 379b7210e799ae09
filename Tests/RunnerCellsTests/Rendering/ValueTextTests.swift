import Testing

@testable import RunnerCellRuntime

@Suite struct ValueTextTests {
  private struct Point { var x, y: Int }
  private enum Direction { case north, south(Int), east(x: Int, y: String) }
  private class Base { let base = 1 }
  private final class Node: Base { var next: Node?; let id = 2 }
  private struct Described: CustomStringConvertible { var description: String { "described" } }
  private actor Account { var balance = 10 }
  private struct Nested { var name: String; var inner: [Point] }

  @Test func `values are told by their parts`() {
    #expect(ValueText.of(5) == "5")
    #expect(ValueText.of("a\"b\n") == "\"a\\\"b\\n\"")
    #expect(ValueText.of("it's \\'") == "\"it's \\\\'\"")
    #expect(ValueText.of(Character("x")) == "\"x\"")
    #expect(ValueText.of(Int?.none as Any) == "nil")
    #expect(ValueText.of([Int??(nil), .some(.some(1))]) == "[nil, 1]")
    #expect(ValueText.of(Point(x: 1, y: 2)) == "Point(x: 1, y: 2)")
    #expect(ValueText.of((1, label: "a")) == "(1, label: \"a\")")
    #expect(
      ValueText.of([Direction.north, .south(1), .east(x: 1, y: "q")])
        == "[.north, .south(1), .east(x: 1, y: \"q\")]")
    #expect(ValueText.of(Described()) == "described")
    #expect(ValueText.of([Described()]) == "[described]")
    #expect(ValueText.of({ (x: Int) in x }) == "(function)")
    #expect(ValueText.of(Int.self) == "Int")
    #expect(ValueText.of([String: Int]()) == "[:]")
    #expect(ValueText.of([Int]()) == "[]")
    #expect(ValueText.of(1..<3) == "1..<3")
  }

  @Test func `dictionaries and sets have one order`() {
    #expect(ValueText.of(["b": 1, "a": 2]) == "[\"a\": 2, \"b\": 1]")
    #expect(ValueText.of(Set(["c", "a", "b"])) == "[\"a\", \"b\", \"c\"]")
  }

  @Test func `objects of libraries are told by their type`() {
    #expect(ValueText.of(Node()) == "Node(…)")
    #expect(ValueText.of([Account()]) == "[Account(…)]")
  }

  @Test func `what does not fit into a line gets several`() {
    let value = Nested(
      name: "a name that is rather long", inner: (1...3).map { Point(x: $0, y: 1_000_000) })
    #expect(
      ValueText.of(value) == """
        Nested(
          name: "a name that is rather long",
          inner: [
            Point(x: 1, y: 1000000),
            Point(x: 2, y: 1000000),
            Point(x: 3, y: 1000000)
          ]
        )
        """)
  }

  @Test func `short elements share lines`() {
    #expect(
      ValueText.of(Array(100..<130)) == """
        [
          100, 101, 102, 103, 104, 105, 106, 107, 108, 109, 110, 111, 112, 113, 114,
          115, 116, 117, 118, 119, 120, 121, 122, 123, 124, 125, 126, 127, 128, 129
        ]
        """)
  }

  @Test func `long values are cut and say so`() {
    let text = ValueText.of(Array(0..<1_000))
    #expect(text.contains("99, … 900 more"))
    #expect(ValueText.of(String(repeating: "a", count: 5_000)).hasSuffix("\"… (5000 characters)"))
    let deep = (0..<20).reduce([] as [Any]) { inner, _ in [inner] }
    #expect(ValueText.of(deep) == "[[[[[[[[[…]]]]]]]]]")
    let wide = (0..<50).map { _ in Array(0..<50) }
    #expect(ValueText.of(wide).count < 8_000)
  }
}
