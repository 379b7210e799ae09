import Foundation
import Synchronization
import TerminalTesting
import Testing

@testable import RunnerTerminal

@Suite(.timeLimit(.minutes(1)))
struct OutputQueueTests {
  private let pipe = TestPipe()

  private func queue(_ wake: @escaping @Sendable () -> Void = {}) -> OutputQueue {
    OutputQueue(terminal: Terminal(input: pipe.readEnd, output: pipe.writeEnd), wakeEditor: wake)
  }

  @Test func `bytes are out when write returns`() {
    queue().write(Array("out".utf8))
    #expect(pipe.read(3) == Array("out".utf8))
  }

  @Test func `an editor gets the bytes and is woken`() {
    let wakes = Mutex(0)
    let queue = queue { wakes.withLock { $0 += 1 } }
    #expect(queue.beginEditing())
    queue.write(Array("one\n".utf8))
    queue.write(Array("two".utf8))
    #expect(wakes.withLock { $0 } == 2)
    #expect(queue.takeForEditor() == Array("one\ntwo".utf8))
    queue.write(Array("rest".utf8))
    queue.endEditing()
    #expect(pipe.read(4) == Array("rest".utf8))
  }

  @Test(arguments: [
    ("text", false), ("text\n", true), ("text\n\u{1B}[0m", true), ("text\u{1B}[0m", false),
    ("\r", false),
  ])
  func `it knows whether a prompt would stand at a line's start`(text: String, isStart: Bool) {
    let queue = queue()
    queue.write(Array(text.utf8))
    #expect(queue.beginEditing() == isStart)
    queue.endEditing()
    #expect(queue.beginEditing())
  }

  @Test(arguments: [
    ("abc", "\n"), ("abc\n", ""), ("abc\n\u{1B}[0m", ""), ("\u{1B}[1mabc\u{1B}[0m", "\n"), ("", ""),
  ])
  func `lines do not follow output that has no end in its line`(before: String, between: String) {
    let queue = queue()
    queue.write(Array(before.utf8))
    queue.write(Array("line\n".utf8), onOwnLine: true)
    let expected = Array((before + between + "line\n").utf8)
    #expect(pipe.read(expected.count) == expected)
  }

  @Test func `lines above a line being edited do not follow what has no end, either`() {
    let queue = queue()
    queue.write(Array("before".utf8))
    #expect(!queue.beginEditing())
    queue.write(Array("one\n".utf8), onOwnLine: true)
    queue.write(Array("abc".utf8))
    queue.write(Array("two\n".utf8), onOwnLine: true)
    #expect(queue.takeForEditor() == Array("one\nabc\ntwo\n".utf8))
    queue.write(Array("abc".utf8))
    queue.endEditing()
    queue.write(Array("three\n".utf8), onOwnLine: true)
    #expect(pipe.read(16) == Array("beforeabc\nthree\n".utf8))
  }

  @Test func `writers wait while 64 KiB wait for the editor`() async {
    let queue = queue()
    _ = queue.beginEditing()
    queue.write([UInt8](repeating: 1, count: OutputState.limit))
    let isDone = Mutex(false)
    let thread = Thread {
      queue.write([2])
      isDone.withLock { $0 = true }
    }
    thread.start()
    #expect(!isDone.withLock { $0 })
    #expect(queue.takeForEditor().count == OutputState.limit)
    while !isDone.withLock({ $0 }) { await Task.yield() }
    #expect(queue.takeForEditor() == [2])
  }

  @Test func `threads keep their order and tear nothing`() async {
    let queue = queue()
    let pipe = pipe
    let threads = 4
    let count = 500
    for thread in 0..<threads {
      Thread.detachNewThread {
        for index in 0..<count { queue.write(Array("\(thread) \(index)\n".utf8)) }
      }
    }
    let size = threads * (0..<count).reduce(0) { $0 + "0 \($1)\n".utf8.count }
    let lines = String(decoding: pipe.read(size), as: UTF8.self).split(separator: "\n")
    for thread in 0..<threads {
      let own = lines.filter { $0.hasPrefix("\(thread) ") }
      #expect(own == (0..<count).map { "\(thread) \($0)" })
    }
  }

  @Test func `editing begins although a writer never stops`() async {
    let queue = queue()
    let pipe = pipe
    let isOver = Mutex(false)
    Thread.detachNewThread {
      while !isOver.withLock({ $0 }) { queue.write(Array("flood\n".utf8)) }
    }
    Thread.detachNewThread { while !isOver.withLock({ $0 }) { _ = pipe.read(6) } }
    for _ in 0..<50 {
      _ = queue.beginEditing()
      queue.endEditing()
    }
    isOver.withLock { $0 = true }
    // Neither thread may be left in a call that nothing ends.
    queue.write(Array("flood\nflood\n".utf8))
  }

  // MARK: Status

  private static let erase = "\r\u{1B}[K"

  @Test func `a status is replaced, and gone before any other output`() {
    let queue = queue()
    queue.showStatus("| 1 s")
    queue.showStatus("/ 2 s")
    queue.write(Array("out\n".utf8))
    queue.showStatus("- 3 s")
    queue.showStatus(nil)
    queue.showStatus(nil)
    queue.write(Array("more\n".utf8))
    let expected =
      ["", "| 1 s", "/ 2 s", "out\n"].joined(separator: Self.erase)
      + ["", "- 3 s", "more\n"].joined(separator: Self.erase)
    #expect(pipe.read(expected.utf8.count) == Array(expected.utf8))
  }

  @Test func `a status is gone when editing begins, and none comes while it goes on`() {
    let queue = queue()
    queue.showStatus("| 1 s")
    #expect(queue.beginEditing())
    queue.showStatus("/ 2 s")
    queue.showStatus(nil)
    queue.endEditing()
    queue.write(Array("out".utf8))
    let expected = "\(Self.erase)| 1 s\(Self.erase)out"
    #expect(pipe.read(expected.utf8.count) == Array(expected.utf8))
  }

  /// Shows bytes as a terminal does, at the end of its screen.
  private func screen(after bytes: Int, typing text: String) -> Screen {
    var screen = Screen(columns: 20, rows: 3)
    screen.feed(Array("1\r\n2\r\n> run\r\n".utf8))
    screen.feed(pipe.read(bytes))
    screen.feed(Array(text.utf8))
    return screen
  }

  @Test func `a status below leaves the cursor where it is, and room for what is typed`() {
    let queue = queue()
    queue.showStatus("| 1 s", .below)
    let draw = "\u{1B}D\u{1B}[A\u{1B}7\r\u{1B}[B| 1 s\u{1B}8"
    let typing = screen(after: draw.utf8.count, typing: "abc")
    #expect(typing.unknown.isEmpty)
    #expect(typing.text == "> run\nabc\n| 1 s")
    #expect(typing.row == 1 && typing.column == 3)
    queue.showStatus("/ 2 s", .below)
    let erase = "\u{1B}[J"
    var next = typing
    next.feed(pipe.read(erase.utf8.count + draw.utf8.count))
    #expect(next.text == "> run\nabc\n/ 2 s")
    #expect(next.row == 1 && next.column == 3)
    // Return, and what comes then, goes where the status stands.
    next.feed(Array("\r\n".utf8))
    queue.write(Array("out".utf8))
    next.feed(pipe.read(erase.utf8.count + 3))
    #expect(next.text == "> run\nabc\nout")
    queue.showStatus("- 3 s", .below)
    queue.write(Array("\n".utf8))
    #expect(pipe.read(1) == Array("\n".utf8))
  }

  @Test func `in the middle of a line of output no status is shown`() {
    let queue = queue()
    queue.write(Array("half a line".utf8))
    queue.showStatus("| 1 s")
    queue.write(Array("\n".utf8))
    #expect(pipe.read(12) == Array("half a line\n".utf8))
  }
}
