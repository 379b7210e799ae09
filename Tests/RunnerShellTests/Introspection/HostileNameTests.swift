import Foundation
import RunnerCore
import RunnerShell
import Testing

/// Names that would move the cursor, fill the screen or break a line, of real tasks and children.
@Suite(.timeLimit(.minutes(1))) struct HostileNameTests {
  static let names: [String] = [
    "", " ", "\n", "one\r\ntwo", "\u{1B}[2J\u{1B}]0;title\u{7}", "\u{0}\u{1}\u{7F}", "\u{9B}31m",
    "\u{202E}txt.exe", "\u{2028}\u{2029}", "\u{FEFF}\u{200B}", "`|<br>\\", "\"quoted\" 'twice'",
    String(repeating: "x", count: 1 << 20), String(repeating: "\u{1B}", count: 1 << 20),
    "e" + String(repeating: "\u{301}", count: 1 << 19),
    String(repeating: "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}", count: 10_000),
    String(repeating: "漢", count: 300),
  ]

  /// What all commands that list tasks write of a task and its child that have the same name.
  private func screens(of name: String, width: Int?) throws -> (
    text: [[StyledLine]], json: [String]
  ) {
    let spec = RenderSpec(width: width)
    let runner = Runner(.init(name: "main", makeLoop: { .virtualTime(name: "main") }))
    let inspector = LocalInspector([runner])
    var text: [[StyledLine]] = []
    var json: [String] = []
    let listing = try runner.run(named: "main") {
      let loop = try runner.loop
      let event = RunnerEvent(label: name)
      let task = try loop.makeTask(named: name) {
        try await withThrowingTaskGroup(of: Void.self) { group in
          group.addTask(name: name) { try await event.wait() }
          try await group.waitForAll()
        }
      }
      try loop.makeTask(named: name) { try await task.value }
      try await sleep(1)
      return try inspector.tasks(TaskQuery())
    }
    #expect(listing.tasks.count { $0.role == .child } == 1)
    text.append(TaskTable.render(listing, isFiltered: false, spec))
    text.append(TreeDrawing.render(AwaitGraph(listing.tasks), spec))
    json.append(try JSONText.encode(TaskListDocument(command: "ps", listing), spec))
    json.append(try JSONText.encode(TreeDocument(AwaitGraph(listing.tasks), listing), spec))
    for task in listing.tasks where task.role != .main {
      let stack = try inspector.stack(of: task.id)
      text.append(StackRendering.render(stack, showsAll: true, sources: NoSource(), spec))
      json.append(try JSONText.encode(WhereDocument(stack), spec))
      let explanation = try inspector.explanation(of: task.id)
      text.append(ExplanationRendering.render(explanation, spec))
      json.append(try JSONText.encode(WhyDocument(explanation, spec), spec))
      text.append(TaskDetail.render(task, .none, spec))
    }
    _ = try runner.close()
    return (text, json)
  }

  @Test(arguments: names.indices) func `every listing is safe to print and bounded`(index: Int)
    throws
  {
    for width in [80, nil] {
      let (text, json) = try screens(of: Self.names[index], width: width)
      for lines in text {
        #expect(lines.count < 100)
        for line in lines.map(\.plain) {
          #expect(VisibleText.line(line) == line)
          #expect(line.utf8.count < 4000)
        }
      }
      // Tables and trees are fitted into the terminal.
      if let width {
        for line in text.prefix(2).joined() { #expect(DisplayWidth.of(line.plain) <= width) }
      }
      for document in json {
        #expect(document.utf8.count < 20_000)
        #expect(VisibleText.line(document) == document)
        _ = try JSONSerialization.jsonObject(with: Data(document.utf8))
      }
    }
  }
}
