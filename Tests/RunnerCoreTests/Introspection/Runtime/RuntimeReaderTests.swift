import Glibc
import Testing

import CRunnerRuntime
@testable import RunnerCore

@Suite(.timeLimit(.minutes(2))) struct RuntimeReaderTests {
  let reader = RuntimeReader.shared

  @Test func `this process reads everything`() {
    #expect(reader.tier == .full)
    #expect(reader.reason.isEmpty)
  }

  @Test(arguments: SuspensionKind.all)
  func `a suspended task tells what it awaits and where`(kind: SuspensionKind) throws {
    let suspended = try SuspendedTask(kind, name: "a name")
    defer { suspended.end() }
    for access in [MemoryAccess.direct, .guarded] {
      let task = try #require(reader.task(at: suspended.address, access: access))
      #expect(task.name == "a name")
      #expect(task.state == (kind.waits == .executor ? .enqueued : .suspended))
      #expect(task.kind == .task && task.parent == nil && !task.isCancelled && task.isWhole)
      let waits: SuspensionKind.Waits? =
        switch task.dependency {
        case .task: .task
        case .continuation: .continuation
        case .group: .group
        case .executor: .executor
        case nil: nil
        }
      #expect(waits == kind.waits)
      let frames = CodeFrame.frames(of: task)
      let shown = frames.filter { !$0.isFolded }
      #expect(Array(shown.map(\.function).prefix(kind.functions.count)) == kind.functions)
      // Then the closures of the table and of the helper, and nothing else.
      #expect(
        shown.dropFirst(kind.functions.count).allSatisfy { $0.function.hasPrefix("closure #") })
      for frame in shown {
        #expect(frame.line?.fileName == "SuspensionKinds.swift")
        #expect(frame.resumption != nil)
      }
    }
  }

  @Test func `the line is that of the await`() throws {
    let kind = SuspensionKind("lines", .continuation, []) { gate, _ in
      await waitForever(gate)
    }
    let line = #line - 2
    let suspended = try SuspendedTask(kind)
    defer { suspended.end() }
    let task = try #require(reader.task(at: suspended.address))
    let frame = CodeFrame.frames(of: task).first { $0.function.hasPrefix("closure #1 in RuntimeR") }
    #expect(frame?.line?.line == line)
    #expect(frame?.line?.path.hasSuffix("/Runtime/RuntimeReaderTests.swift") == true)
  }

  @Test func `children of async let are found with their stacks`() throws {
    let suspended = try SuspendedTask(SuspensionKind.all[0])
    defer { suspended.end() }
    let parent = try #require(reader.task(at: suspended.address))
    #expect(parent.children.count == 2)
    for address in parent.children {
      let child = try #require(reader.task(at: address))
      #expect(child.kind == .asyncLet && child.parent == parent.address)
      let functions = CodeFrame.frames(of: child).filter { !$0.isFolded }.map(\.function)
      #expect(functions.prefix(3) == ["waitForever(_:)", "fetchPage(_:from:)", "loadUser(id:_:)"])
      #expect(functions.last?.hasSuffix("in handler(_:)") == true)
    }
    #expect(parent.children.contains { parent.dependency == .task($0) })
  }

  @Test func `children of a group are found with their names`() throws {
    let suspended = try SuspendedTask(SuspensionKind.all[1])
    defer { suspended.end() }
    let parent = try #require(reader.task(at: suspended.address))
    let children = parent.children.compactMap { reader.task(at: $0) }
    #expect(Set(children.map(\.name)) == ["worker-0", "worker-1", "worker-2"])
    #expect(children.allSatisfy { $0.kind == .groupChild && $0.parent == parent.address })
    #expect(
      children.allSatisfy { child in child.group.map { parent.dependency == .group($0) } == true })
  }

  @Test func `a group of many children is read whole`() throws {
    let kind = SuspensionKind("many", .group, []) { gate, _ in
      await withTaskGroup(of: Void.self) { group in
        for _ in 0..<1000 { group.addTask { await waitForever(gate) } }
      }
    }
    let suspended = try SuspendedTask(kind)
    defer { suspended.end() }
    let parent = try #require(reader.task(at: suspended.address))
    #expect(Set(parent.children).count == 1000)
    #expect(parent.isWhole)
  }

  @Test func `a task-local variable is told by name and value, inherited or not`() throws {
    let suspended = try SuspendedTask(SuspensionKind.all[16])
    defer { suspended.end() }
    let locals = reader.locals(at: suspended.address, access: .direct)
    #expect(locals.map(\.variable) == ["Locals.user", "Locals.number"])
    #expect(locals.map(\.value?.text) == ["Optional(\"ada\")", "42"])
    #expect(locals.allSatisfy { !$0.isInherited && $0.module == "RunnerCoreTests" })
    let guarded = reader.locals(at: suspended.address)
    #expect(guarded.map(\.variable) == locals.map(\.variable))
    #expect(guarded.allSatisfy { $0.value == nil })
  }

  @Test func `a task is followed from its making to its end`() throws {
    let executor = HeldExecutor()
    let gate = ContinuationGate()
    let task = Task.detached(executorPreference: executor, priority: .background) {
      await waitForever(gate)
      return withUnsafeCurrentTask { task in
        RuntimeReader.shared.task(at: unsafeBitCast(task, to: UInt.self), access: .direct)
      }
    }
    let address = try #require(executor.newest)
    let made = try #require(reader.task(at: address))
    #expect(made.state == .enqueued && made.basePriority == TaskPriority.background.rawValue)
    #expect(made.preferredExecutor == executor.address)
    #expect(!made.frames.isEmpty && made.frames.allSatisfy(runner_is_code))
    executor.run()
    #expect(reader.task(at: address)?.state == .suspended)
    task.cancel()
    #expect(reader.task(at: address)?.isCancelled == true)
    gate.open()
    executor.run()
    #expect(reader.task(at: address)?.state == .complete)
    let id = made.id
    #expect(reader.task(at: address, expecting: id) != nil)
    #expect(reader.task(at: address, expecting: id + 1) == nil)
    withExtendedLifetime(task) {}
  }

  // MARK: The switch

  @Test func `the public tier knows the id, the flag and the priorities, and nothing private`()
    throws
  {
    let reader = RuntimeReader(requesting: "public")
    #expect(reader.tier == .public)
    #expect(reader.reason == "RUNNER_INTROSPECTION is 'public'.")
    let suspended = try SuspendedTask(SuspensionKind.all[8], name: "x", priority: .low)
    defer { suspended.end() }
    let full = try #require(self.reader.task(at: suspended.address))
    let task = try #require(reader.task(at: suspended.address))
    #expect(task.id == full.id && task.priority == full.priority)
    #expect(task.basePriority == TaskPriority.low.rawValue)
    #expect(task.state == nil && task.frames.isEmpty && task.dependency == nil)
    #expect(reader.locals(at: suspended.address).isEmpty)
    suspended.task.cancel()
    #expect(reader.task(at: suspended.address)?.isCancelled == true)
  }

  @Test func `with the tier off nothing is read`() throws {
    let reader = RuntimeReader(requesting: "off")
    #expect(reader.tier == .off)
    let suspended = try SuspendedTask(SuspensionKind.all[8])
    defer { suspended.end() }
    #expect(reader.task(at: suspended.address) == nil)
    #expect(reader.locals(at: suspended.address).isEmpty)
  }

  @Test func `a tier that does not exist is taken as public, and said`() {
    let reader = RuntimeReader(requesting: "on\u{1b}")
    #expect(reader.tier == .public)
    #expect(
      reader.reason == """
        RUNNER_INTROSPECTION is 'on\\u{1B}', which is none of 'full', 'public' and 'off'; it was \
        taken as 'public'.
        """)
    #expect(RuntimeReader(requesting: "").tier == .full)
  }

  // MARK: The proof

  struct Offset: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let path: any WritableKeyPath<runner_task_layout, UInt32> & Sendable
  }

  static let offsets: [Offset] = [
    Offset(testDescription: "job_flags", path: \.job_flags),
    Offset(testDescription: "id_low", path: \.id_low),
    Offset(testDescription: "resume_function", path: \.resume_function),
    Offset(testDescription: "resume_context", path: \.resume_context),
    Offset(testDescription: "status_flags", path: \.status_flags),
    Offset(testDescription: "status_records", path: \.status_records),
    Offset(testDescription: "task_locals", path: \.task_locals),
    Offset(testDescription: "id_high", path: \.id_high),
    Offset(testDescription: "base_priority", path: \.base_priority),
    Offset(testDescription: "dependency", path: \.dependency),
    Offset(testDescription: "size", path: \.size),
    Offset(testDescription: "child_parent", path: \.child_parent),
    Offset(testDescription: "child_next", path: \.child_next),
    Offset(testDescription: "child_group", path: \.child_group),
    Offset(testDescription: "record_next", path: \.record_next),
    Offset(testDescription: "record_payload", path: \.record_payload),
    Offset(testDescription: "record_executor", path: \.record_executor),
    Offset(testDescription: "dependency_object", path: \.dependency_object),
    Offset(testDescription: "dependency_kind", path: \.dependency_kind),
  ]

  @Test(arguments: offsets, [-8, -4, 4, 8])
  func `a wrong offset is noticed, and the public tier answers`(offset: Offset, by: Int) {
    var layout = runner_task_layout_6_3
    layout[keyPath: offset.path] = UInt32(Int(layout[keyPath: offset.path]) + by)
    let reader = RuntimeReader(requesting: nil, layout: layout)
    #expect(reader.tier == .public)
    #expect(
      reader.reason.hasPrefix("Swift's runtime is asked through its public functions only: "))
  }

  @Test func `every offset is tried`() {
    #expect(Self.offsets.count * MemoryLayout<UInt32>.size == MemoryLayout<runner_task_layout>.size)
  }

  @Test func `a proof can be made inside a task, and leaves nothing behind`() async {
    Locals.$number.withValue(1) {
      #expect(RuntimeReader(requesting: nil).tier == .full)
      #expect(Locals.number == 1 && !Task.isCancelled)
    }
  }
}
