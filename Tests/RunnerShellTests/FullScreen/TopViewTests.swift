import RunnerCore
import RunnerShell
import Testing

/// The screen of `top` as a value; `World` answers its questions as an inspector would.
@Suite struct TopViewTests {
  // MARK: The picture

  @Test func `the whole screen, with runners, tasks and the bottom line`() {
    var world = World(tasks: 3)
    let view = world.view(columns: 100, rows: 12)
    #expect(
      view.text == """
        top · 12:00:00 · 3 tasks · every 1.0 s
         RUNNER  PHASE         TASKS  ENDED  UNREAD   BUSY  ITER/S
         main    loop running      3      7       1  25.0%       -
         ID  NAME    STATE      WAITING FOR          AGE   STEPS  CANCELS
        > 1  task-1  suspended  sleep, 1.0 s left    1.0s     10  0        f(_:) at File.swift:1
          2  task-2  suspended  sleep, 2.0 s left    2.0s     20  0        f(_:) at File.swift:2
          3  task-3  suspended  sleep, 3.0 s left    3.0s     30  0        f(_:) at File.swift:3




        1-3 of 3 · sort id · ? help · q leaves
        """)
    #expect(view.frame().rows.count == 12)
    #expect(view.frame().cursor == nil)
  }

  @Test(arguments: [20, 40, 60, 61, 79, 80, 100, 132, 200, 300])
  func `no row is wider than the screen's usable columns, up to the bottom line`(columns: Int) {
    for rows in [1, 2, 3, 5, 8, 24, 60] {
      var world = World(tasks: 1000)
      let view = world.view(columns: columns, rows: rows)
      #expect(view.frame().rows.count == rows)
      guard columns >= 60 else { continue }
      for row in view.frame().rows.dropLast().dropFirst() {
        #expect(DisplayWidth.of(row.line.plain) <= columns - 1, "\(row.line.plain)")
      }
    }
  }

  @Test func `between two looks a loop is as busy as their difference says`() {
    var world = World(tasks: 1)
    var view = world.view(columns: 100, rows: 12)
    world.pass(seconds: 2, busy: .milliseconds(500), iterations: 300)
    world.look(&view)
    #expect(view.text.contains("25.0%     150\n") == true)
    world.pass(seconds: 1, busy: .zero, iterations: 0)
    world.look(&view)
    #expect(view.text.contains("0.0%       0\n"))
    // A key that brings a look at once does not make a busy loop of it.
    world.pass(seconds: 0, busy: .milliseconds(5), iterations: 2)
    world.press(&view, .character("r"))
    #expect(view.text.contains("0.5%       2\n"))
    // Another loop with the same name has other numbers.
    world.loop.iterations = 3
    world.loop.busyTime = .seconds(1)
    world.pass(seconds: 1, busy: .zero, iterations: 0)
    world.look(&view)
    #expect(view.text.contains("%       -\n"))
  }

  @Test func `names cannot act on the terminal, nor the filter`() {
    var world = World(tasks: 0)
    world.tasks = [World.task(1, "evil\u{1B}[2J\nname\u{9B}31m")]
    var view = world.view(columns: 100, rows: 12)
    for character in "/\u{1B}[2J" { _ = view.press(.character(character)) }
    let all = view.frame().rows.map(\.line.plain).joined()
    #expect(all.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F..<0xA0).contains($0.value) })
    #expect(all.contains(#"evil\u{1B}[2J\nname"#))
  }

  @Test func `on 60 columns everything about a runner is there, and all of the help`() {
    var world = World(tasks: 1000)
    var view = world.view(columns: 60, rows: 20)
    let lines = view.text.split(separator: "\n")
    #expect(lines[1] == " RUNNER  PHASE         TASKS  ENDED  UNREAD   BUSY  ITER/S")
    #expect(lines[3].hasPrefix("   ID  NAME"))
    #expect(lines[3].contains("WAITING FOR"))
    world.press(&view, .character("?"))
    for row in view.frame().rows { #expect(row.line.plain.count <= 59, "\(row.line.plain)") }
  }

  @Test func `with ASCII only nothing else is drawn`() {
    var world = World(tasks: 1000)
    var view = TopView(RenderSpec(usesASCII: true))
    view.resize(to: ScreenSize(columns: 60, rows: 20))
    world.look(&view)
    #expect(view.text.unicodeScalars.allSatisfy { $0.isASCII })
  }

  // MARK: The selection

  @Test func `the selection moves by rows and pages, and the table goes with it`() {
    var world = World(tasks: 1000)
    var view = world.view(columns: 100, rows: 14)
    #expect(view.selectedLine.hasPrefix(">   1  task-1 "))
    world.press(&view, .down, .character("j"))
    #expect(view.selectedLine.hasPrefix(">   3  task-3 "))
    world.press(&view, .up, .character("k"), .up)
    #expect(view.selectedLine.hasPrefix(">   1  task-1 "))
    world.press(&view, .pageDown)
    #expect(view.selectedLine.hasPrefix(">  10  task-10 "))
    #expect(view.text.contains("2-10 of 1000"))
    world.press(&view, .end)
    #expect(view.selectedLine.hasPrefix(">1000  task-1000 "))
    world.press(&view, .pageUp, .character("g"))
    #expect(view.selectedLine.hasPrefix(">   1  task-1 "))
  }

  @Test func `of 10,000 tasks only a few screens are asked for, wherever one is`() {
    var world = World(tasks: 10_000)
    var view = world.view(columns: 100, rows: 24)
    for key in [ScreenKey.end, .pageUp, .pageUp, .home, .pageDown, .pageDown] {
      world.press(&view, key)
    }
    #expect(world.largest <= 3 * 24)
    #expect(view.text.contains("of 10000"))
  }

  @Test func `moving within what is known asks nothing`() {
    var world = World(tasks: 1000)
    var view = world.view(columns: 100, rows: 24)
    #expect(view.press(.down) == .stay)
    #expect(view.press(.pageDown) == .stay)
    #expect(view.press(.end) == .ask)
  }

  @Test func `the selected task stays selected when the order changes and when others end`() {
    var world = World(tasks: 100)
    var view = world.view(columns: 100, rows: 14)
    world.press(&view, .down, .down, .down)
    #expect(view.selectedLine.contains("task-4 "))
    world.tasks.removeFirst(2)
    world.look(&view)
    #expect(view.selectedLine.contains("task-4 "))
    world.press(&view, .character("r"))
    #expect(view.selectedLine.contains("task-4 "))
    #expect(view.text.contains("sort id, reversed"))
    // Itself ends: the one in its place is next.
    world.tasks.removeAll { $0.name == "task-4" }
    world.look(&view)
    #expect(view.selectedLine.contains("task-3 "))
  }

  @Test func `until someone moves it the first row is selected, whichever task that is`() {
    var world = World(tasks: 5)
    var view = world.view(columns: 100, rows: 14)
    world.tasks.removeFirst()
    world.look(&view)
    #expect(view.selectedLine.contains("task-2 "))
    world.tasks = []
    world.look(&view)
    #expect(view.text.contains("no tasks"))
    world.press(&view, .down, .enter)
    #expect(view.text.contains("no tasks"))
  }

  // MARK: Keys

  @Test func `s and S go through the orders`() {
    var world = World(tasks: 3)
    var view = world.view(columns: 100, rows: 14)
    var seen: [TaskQuery.Order] = []
    for _ in TaskQuery.Order.allCases {
      seen.append(view.question.query.order)
      world.press(&view, .character("s"))
    }
    #expect(seen == TaskQuery.Order.allCases)
    #expect(view.question.query.order == .id)
    world.press(&view, .character("S"))
    #expect(view.question.query.order == .steps)
  }

  @Test func `a filter is edited on the bottom line, Enter keeps it and Esc drops it`() {
    var world = World(tasks: 30)
    var view = world.view(columns: 100, rows: 14)
    world.press(&view, .character("/"), .character("q"), .backspace)
    for character in "k-1" { world.press(&view, .character(character)) }
    #expect(view.frame().rows.last?.line.plain == "/k-1")
    #expect(view.frame().cursor == ScreenPlace(row: 13, column: 4))
    #expect(view.question.query.namePattern == "*k-1*")
    world.press(&view, .enter)
    #expect(view.frame().cursor == nil)
    #expect(view.text.contains("1-9 of 11 · sort id · filter k-1"))
    world.press(&view, .character("/"), .escape)
    #expect(view.question.query.namePattern == nil)
    #expect(view.text.contains("of 30"))
    world.press(&view, .character("/"), .paste("task-?\nignored"), .enter)
    #expect(view.question.query.namePattern == "task-?")
    #expect(view.text.contains("of 9"))
    world.press(&view, .character("/"), .clearLine, .character("x"), .enter)
    #expect(view.text.contains("no task has such a name"))
    #expect(view.text.contains("0 of 30 · sort id · filter x"))
  }

  @Test func `Space holds the picture still, but keys still ask`() {
    var world = World(tasks: 3)
    var view = world.view(columns: 100, rows: 14)
    world.press(&view, .character(" "))
    world.tasks.removeLast()
    world.look(&view)
    #expect(view.text.contains("paused") && view.text.contains("3 tasks"))
    world.press(&view, .down)
    world.look(&view)
    #expect(view.text.contains("3 tasks"))
    world.press(&view, .character("r"))
    #expect(view.text.contains("paused") && view.text.contains("2 tasks"))
    world.press(&view, .character(" "))
    #expect(!view.text.contains("paused"))
  }

  @Test func `Enter tells everything about the selected task, also when it has ended`() {
    var world = World(tasks: 3)
    var view = world.view(columns: 100, rows: 30)
    world.press(&view, .down, .enter)
    #expect(view.text.contains("task 2 task-2\n  state          suspended"))
    #expect(view.text.contains("waiting in     f(_:) at File.swift:2"))
    #expect(view.text.hasSuffix("Esc goes back, q leaves"))
    world.tasks.remove(at: 1)
    world.look(&view)
    #expect(view.text.contains("task 2 has ended, and is not remembered any more"))
    world.press(&view, .escape)
    #expect(view.selectedLine.contains("task-3 "))
    #expect(view.press(.enter) == .ask)
    #expect(view.text.contains("looking"))
    #expect(view.press(.character("q")) == .leave)
  }

  @Test func `a page of text that does not fit is scrolled`() {
    var world = World(tasks: 3)
    var view = world.view(columns: 100, rows: 8)
    world.press(&view, .enter)
    #expect(view.text.contains("1-6 of "))
    world.press(&view, .down, .down)
    #expect(view.text.contains("3-8 of "))
    world.press(&view, .end)
    #expect(view.text.contains("cancels        0\n"))
  }

  @Test func `q, Esc and Ctrl-C leave, and a paste is no key`() {
    var world = World(tasks: 3)
    for key in [ScreenKey.character("q"), .escape, .interrupt] {
      var view = world.view(columns: 100, rows: 14)
      #expect(view.press(key) == .leave)
    }
    var view = world.view(columns: 100, rows: 14)
    #expect(view.press(.paste("q")) == .stay)
    #expect(view.press(.character("?")) == .stay)
    #expect(view.text.contains("holds the picture still"))
    #expect(view.press(.character("q")) == .stay)
    #expect(view.press(.interrupt) == .leave)
  }

  @Test func `after so many pictures it leaves`() {
    var world = World(tasks: 3)
    var view = TopView(limit: 2)
    view.resize(to: ScreenSize(columns: 100, rows: 20))
    #expect(world.look(&view) == .stay)
    #expect(world.look(&view) == .stay)
    #expect(world.look(&view) == .leave)
  }

  @Test func `a smaller screen keeps the selection in sight`() {
    var world = World(tasks: 100)
    var view = world.view(columns: 100, rows: 40)
    world.press(&view, .pageDown)
    #expect(view.selectedLine.contains("task-36 "))
    view.resize(to: ScreenSize(columns: 100, rows: 10))
    world.look(&view)
    #expect(view.selectedLine.contains("task-36 "))
  }
}
