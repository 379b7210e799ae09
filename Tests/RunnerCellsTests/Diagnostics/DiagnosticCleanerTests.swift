import Testing

@testable import RunnerCells

@Suite struct DiagnosticCleanerTests {
  private let source = CellSource(
    name: "cell-6", text: "var x = f()\nlet y = \"日本\" + zz\n\tlet z = 1\n")

  private func clean(_ output: String) -> String {
    let cell = GeneratedCell(
      module: "Cell6", entry: "runner_cell_6", text: "", variables: ["x", "y", "z"])
    return DiagnosticCleaner(source: source, cell: cell).clean(output).map(\.text)
      .joined(separator: "\n")
  }

  @Test func `the user's own line stands above the caret`() {
    let output = """
      cell-6:1:9: error: cannot find 'f' in scope
              f()
              ^

      """
    #expect(
      clean(output) == """
        cell-6:1:9: error: cannot find 'f' in scope
        var x = f()
                ^
        """)
  }

  @Test
  func
    `a conformance to the person's own protocol, or of their own type, is nobody else's business`()
  {
    func warning(_ type: String, _ conformance: String) -> String {
      """
      cell-6:1:1: warning: extension declares a conformance of imported type '\(type)' to imported protocol \
      '\(conformance)'; this will not behave correctly if the owners of 'Swift' introduce this conformance in \
      the future
      var x = f()
      ^
      cell-6:1:1: note: add '@retroactive' to silence this warning

      """
    }
    var cell = GeneratedCell(module: "Cell6", entry: "runner_cell_6", text: "", variables: [])
    cell.types = ["Shown"]
    let cleaner = DiagnosticCleaner(source: source, cell: cell)
    #expect(cleaner.clean(warning("Int", "Shown")).isEmpty)
    #expect(cleaner.clean(warning("Cell2.Shown", "Hashable")).isEmpty)
    #expect(cleaner.clean(warning("Int", "Collection")).count == 1)
  }

  @Test func `a value of an opaque type is told how to last`() {
    let output = """
      cell-6:1:9: error: property definition has inferred type 'CellSlot<some Sequence<Int>>', involving the \
      'some' return type of another declaration
      var x = f()
              ^

      """
    #expect(
      clean(output).hasPrefix(
        "cell-6:1:9: error: a value of the opaque type 'some Sequence<Int>' cannot last longer than its cell;"
          + " give it a type, as in 'let value: any Sequence<Int> = …', or make a collection of it\n"
      ))
  }

  @Test func `a fix is shown under the caret`() {
    let output = """
      cell-6:1:9: error: expression is 'async' but is not marked with 'await'
      var x = f()
              ^~~
              await 
      """
    #expect(clean(output).hasSuffix("var x = f()\n        ^~~\n        await"))
  }

  @Test func `the caret is right under wide characters`() {
    let output = "cell-6:2:20: error: cannot find 'zz' in scope\nlet y = \"日本\" + zz\n   ^\n"
    #expect(
      clean(output) == """
        cell-6:2:20: error: cannot find 'zz' in scope
        let y = "日本" + zz
                         ^
        """)
  }

  @Test func `a tab stays a tab`() {
    let output = "cell-6:3:6: error: no\n"
    #expect(clean(output) == "cell-6:3:6: error: no\n\tlet z = 1\n\t    ^")
  }

  @Test func `what is said of generated code is dropped, with its notes`() {
    let output = """
      generated:1:3: error: nobody should see this
      x
      ^
      cell-6:1:1: note: nor this
      cell-6:1:1: warning: variable 'x' was never mutated; consider changing to 'let' constant
      cell-6:1:9: warning: '_cell_value' is unused
      """
    #expect(clean(output) == "")
  }

  @Test func `a variable of a function that never changes is still told of`() {
    let output = "cell-6:1:1: warning: variable 'inner' was never mutated; consider …\n"
    #expect(clean(output).contains("'inner' was never mutated"))
  }

  @Test func `notes follow their error, without places outside of the cell`() {
    let output = """
      cell-6:1:9: error: type 'P' does not conform to protocol 'Equatable' [#Conformance]
      var x = f()
              ^
      Swift.Equatable:2:17: note: protocol requires function '=='
      1 | public protocol Equatable {
        |                 ^
      cell-6:1:1: note: add stubs for conformance
      var x = f()
      ^
      """
    #expect(
      clean(output) == """
        cell-6:1:9: error: type 'P' does not conform to protocol 'Equatable'
        var x = f()
                ^
        note: protocol requires function '=='
        cell-6:1:1: note: add stubs for conformance
        var x = f()
        ^
        """)
  }

  @Test func `of what lacks a try, one way out is told`() {
    let output = """
      cell-6:1:9: error: call can throw but is not marked with 'try'
      var x = f()
              ^~~
      cell-6:1:9: note: did you mean to use 'try'?
      var x = f()
              ^
              try 
      cell-6:1:9: note: did you mean to disable error propagation?
      var x = f()
              ^
              try! 
      """
    #expect(
      clean(output) == """
        cell-6:1:9: error: call can throw but is not marked with 'try'
        var x = f()
                ^~~
                try
        """)
  }

  @Test func `what lacks try and await is one complaint`() {
    let output = """
      cell-6:1:9: error: call can throw but is not marked with 'try'
      var x = f()
              ^~~
      cell-6:1:9: error: expression is 'async' but is not marked with 'await'
      var x = f()
              ^~~
              await 
      cell-6:1:9: note: call is 'async'
      var x = f()
              ^
      """
    #expect(
      clean(output) == """
        cell-6:1:9: error: call is 'async' and can throw but is not marked with 'try await'
        var x = f()
                ^~~
                try await
        """)
  }

  @Test func `notes at the same place do not show the line again, and useless ones are left out`() {
    let output = """
      cell-6:1:9: error: value of optional type 'Int?' must be unwrapped to a value of type 'Int'
      var x = f()
              ^
      cell-6:1:9: note: coalesce using '??' to provide a default
      var x = f()
              ^
              (   ?? default value)
      Swift.Array:1:2: note: generic struct 'Array' declared here
      """
    #expect(
      clean(output) == """
        cell-6:1:9: error: value of optional type 'Int?' must be unwrapped to a value of type 'Int'
        var x = f()
                ^
        note: coalesce using '??' to provide a default
                (… ?? default value)
        """)
  }

  @Test func `a caret never stands behind the line, nor an error without one beside others`() {
    let output = """
      cell-6:1:42: error: generic parameter 'Value' could not be inferred
      generated
      ^
      cell-6:1:42: note: explicitly specify the generic arguments to fix this issue
      cell-6:9:1: error: expected expression in assignment
      """
    #expect(
      clean(output) == """
        cell-6:1:1: error: the type of this value is not known; write it too, as in 'nil as Int?'
        var x = f()
        ^
        """)
  }

  @Test func `types of one name are told apart`() {
    let output = "cell-6:1:1: error: cannot convert value of type 'Cell1.P' to 'Cell3.P'\n"
    #expect(
      clean(output).hasSuffix(
        "note: cell 3 declared 'P' again; 'Cell1.P' is that of cell 1"))
  }

  @Test func `the same complaint is shown once`() {
    let one = "cell-6:1:9: error: no\nvar x = f()\n        ^\n"
    #expect(clean(one + one) == clean(one))
  }

  @Test func `unknown names are told to who asks`() {
    let diagnostics = [
      CompilerDiagnostic(.error, "cannot find 'wherr' in scope"),
      CompilerDiagnostic(.error, "cannot find type 'Foo' in scope"),
      CompilerDiagnostic(.error, "cannot find operator '+++' in scope"),
      CompilerDiagnostic(.error, "something 'else' entirely"),
    ]
    let error = CellError(.rejected, "The cell does not compile.", diagnostics: diagnostics)
    #expect(error.unknownNames == ["wherr", "Foo", "+++"])
  }
}
