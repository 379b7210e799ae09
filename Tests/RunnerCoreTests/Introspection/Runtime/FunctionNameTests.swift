import Testing

@testable import RunnerCore

@Suite struct FunctionNameTests {
  struct Example: Sendable, CustomTestStringConvertible {
    let text: String
    let short: String
    let module: String?
    var isThunk = false
    var resumption: FunctionName.Resumption?
    var testDescription: String { short }
  }

  static let examples = [
    Example(
      text: "(2) await resume partial function for App.Store.fetch(Swift.Int) async -> ()",
      short: "Store.fetch(_:)", module: "App", resumption: .await(2)),
    Example(
      text: "(1) suspend resume partial function for App.load(id: Swift.Int, Swift.String) -> ()",
      short: "load(id:_:)", module: "App", resumption: .suspend(1)),
    Example(text: "App.run() async throws -> ()", short: "run()", module: "App"),
    Example(
      text: """
        Swift.withUnsafeContinuation<A>(isolation: isolated Swift.Optional<Swift.Actor>, \
        _: (Swift.UnsafeContinuation<A, Swift.Never>) -> ()) async -> A
        """, short: "withUnsafeContinuation(isolation:_:)", module: "Swift"),
    Example(
      text: """
        partial apply forwarder for closure #1 () async -> Swift.Int in closure #2 (inout \
        Swift.TaskGroup<Swift.Int>) async -> () in App.grouper() async -> ()
        """, short: "closure #1 in closure #2 in grouper()", module: "App", isThunk: true),
    Example(
      text: """
        protocol witness for App.P.go() async -> () in conformance App.I : App.P in App
        """, short: "P.go()", module: "App", isThunk: true),
    Example(
      text: """
        reabstraction thunk helper <A where A: Swift.Sendable> from @escaping \
        @callee_guaranteed @async () -> (@out A) to @escaping @callee_guaranteed () -> (@out A)
        """,
      short: "reabstraction thunk", module: nil, isThunk: true),
    Example(
      text: """
        (1) await resume partial function for function signature specialization <Arg[2] = [Constant \
        Propagated Function : closure #1 nonisolated(nonsending) () async throws -> () in App.run() \
        -> ()]> of reabstraction thunk helper from @escaping @callee_guaranteed @async () -> (@error \
        @owned Swift.Error) to @escaping @callee_guaranteed @async () -> (@out (), @error @owned \
        Swift.Error)
        """,
      short: "closure #1 in run()", module: "App", resumption: .await(1)),
    Example(
      text: """
        function signature specialization <Arg[1] = [Closure Propagated : closure #2 (Swift.Array\
        <Swift.Int>) async -> () in App.load(id: Swift.Int) -> (), Argument Types : [App.Gate, \
        [Swift.Int]]> of reabstraction thunk helper from @callee_guaranteed () -> () to () -> (@out ())
        """,
      short: "closure #2 in load(id:)", module: "App"),
    Example(
      text: "App.(secret in _0123456789ABCDEF)(Swift.Int) -> Swift.Int", short: "secret(_:)",
      module: "App"),
    Example(
      text: "App.(Hidden in _01AB).(secret in _01AB)() -> ()", short: "Hidden.secret()",
      module: "App"),
    Example(
      text: "App.Hidden.(in _01AB).init(size: Swift.Int) -> App.Hidden",
      short: "Hidden.init(size:)",
      module: "App"),
    Example(
      text: "(extension in App):Swift.Array<A>.total(of: (A) -> Swift.Int) -> Swift.Int",
      short: "Array.total(of:)", module: "App"),
    Example(
      text: "inner #1 (Swift.Int) async -> () in App.outer() async -> ()",
      short: "inner(_:) in outer()", module: "App"),
    Example(
      text: "closure #1 @Sendable () async -> () in App", short: "closure #1 in App",
      module: "App"),
    Example(text: "App.Store.count.getter : Swift.Int", short: "Store.count", module: "App"),
    Example(
      text: "static App.Point.== infix(App.Point, App.Point) -> Swift.Bool",
      short: "Point.==(_:_:)", module: "App"),
    Example(
      text:
        "App.Store.init(_: [Swift.Int : (a: Swift.Int, b: Swift.Int)], by: () -> ()) -> App.Store",
      short: "Store.init(_:by:)", module: "App"),
    Example(
      text: """
        generic specialization <Swift.Int, App.Box<A of B>> of App.Generic.run(A) async -> A
        """, short: "Generic.run(_:)", module: "App"),
    Example(
      text: """
        function signature specialization <Arg[0] = Dead> of merged App.Store.stop() -> () \
        with unmangled suffix ".resume.0"
        """, short: "Store.stop()", module: "App"),
    Example(
      text: """
        (2) await resume partial function for function signature specialization <Arg[7] = Owned To \
        Guaranteed> of function signature specialization <Arg[6] = [Closure Propagated : \
        $s3App5WatchC4wait, Argument Types : [App.Waiter?@callee_guaranteed (@guaranteed App.Waiter) \
        -> ()]> of App.Store.(wait in _01AB)(_: App.Kind, for: (App.Waiter) -> ()) async throws -> ()
        """, short: "Store.wait(_:for:)", module: "App", resumption: .await(2)),
    Example(
      text: "closure #1 () -> () in variable initialization expression of static App.All.list",
      short: "closure #1 in All.list", module: "App"),
  ]

  @Test(arguments: examples)
  func `a demangled name gets a short form`(example: Example) {
    let name = FunctionName(demangled: example.text)
    #expect(name.short == example.short)
    #expect(name.module == example.module)
    #expect(name.isThunk == example.isThunk)
    #expect(name.resumption == example.resumption)
  }

  @Test(arguments: [
    (
      "_ZL22completeTaskAndReleasePN5swift12AsyncContextEPNS_10SwiftErrorE",
      "completeTaskAndRelease"
    ),
    ("_ZN5swift7runtime9AccessSet6insertEPNS0_6AccessE", "swift::runtime::AccessSet::insert"),
    ("swift_job_run", "swift_job_run"), ("_Z", "_Z"),
    ("_ZN99999999999999999999x", "_ZN99999999999999999999x"),
    ("async_MainTQ1_", "top-level code"), ("main", "main"), ("", ""),
  ])
  func `names of other languages are told plainly`(mangled: String, short: String) {
    #expect(FunctionName(mangled: mangled).short == short)
  }

  @Test func `text that is no name gives some text, whatever it is`() {
    var random = SeededGenerator(seed: 7)
    let pieces = [
      "(", ")", "<", ">", "->", " in ", ".", " : ", ", ", "a", "closure #1 ", " #", "é", "_: ",
      "$s",
      "(extension in ", "):", "(x in _A)", "generic specialization <", " of ", "static ",
    ]
    for _ in 0..<5000 {
      let text = (0..<Int.random(in: 0..<24, using: &random))
        .map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      let name = FunctionName(demangled: text)
      #expect(name.short.utf8.count <= 8 * text.utf8.count + 16)
      _ = FunctionName(mangled: "$s" + text)
    }
  }
}
