import Glibc
import Testing

@testable import RunnerCore

@Suite struct CodeFrameTests {
  @Test func `an address without code has no function`() {
    for address in [UInt(0), 16, UInt.max] {
      let frame = CodeFrame.at(address)
      #expect(frame.function == "0x" + String(address, radix: 16))
      #expect(frame.line == nil && frame.object == nil && frame.resumption == nil)
      _ = CodeFrame.at(address, .afterCall)
    }
  }

  @Test func `a function of C is told by its name and file`() throws {
    let address = UInt(bitPattern: try #require(dlsym(nil, "swift_retain")))
    let frame = CodeFrame.at(address)
    #expect(frame.role == .runtime)
    #expect(frame.function.contains("swift_retain"))
    #expect(frame.object == "libswiftCore.so")
  }

  @Test func `frames of this library and of the runtime are folded`() throws {
    let roles = try Runner.run {
      let address = LockedValue(UInt(0))
      let task = try EventLoop.running?.makeTask {
        address.withLock { address in
          address = withUnsafeCurrentTask { unsafeBitCast($0, to: UInt.self) }
        }
        try await sleep(3600)
      }
      try await sleep(0)
      let read = try #require(RuntimeReader.shared.task(at: address.withLock { $0 }))
      task?.cancel()
      return CodeFrame.frames(of: read)
    }
    #expect(roles.contains { $0.role == .library && $0.function.hasPrefix("sleep(") })
    #expect(roles.contains { $0.role == .runtime })
    let shown = roles.filter { !$0.isFolded }
    #expect(shown.count == 1)
    #expect(shown.first?.function.hasPrefix("closure #") == true)
    #expect(shown.first?.line?.fileName == "CodeFrameTests.swift")
  }

  @Test func `what was answered is answered again`() throws {
    let suspended = try SuspendedTask(SuspensionKind.all[8])
    defer { suspended.end() }
    let task = try #require(RuntimeReader.shared.task(at: suspended.address))
    let first = CodeFrame.frames(of: task)
    #expect(CodeFrame.frames(of: task) == first)
    #expect(task.frames.map { CodeFrame(lookingUp: $0, .exact) } == first)
  }

  @Test func `many threads may ask at once`() throws {
    let suspended = try SuspendedTask(SuspensionKind.all[8])
    defer { suspended.end() }
    let task = try #require(RuntimeReader.shared.task(at: suspended.address))
    let expected = CodeFrame.frames(of: task)
    let wrong = LockedValue(0)
    let threads = (0..<4).map { _ in
      startThread {
        for _ in 0..<50 where task.frames.map({ CodeFrame(lookingUp: $0, .exact) }) != expected {
          wrong.withLock { $0 += 1 }
        }
      }
    }
    for thread in threads { thread.join() }
    #expect(wrong.withLock { $0 } == 0)
  }
}
