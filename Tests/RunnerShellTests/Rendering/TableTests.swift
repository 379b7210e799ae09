import RunnerShell
import Testing

@Suite struct TableTests {
  private let table = Table(
    columns: [
      Table.Column("ID", isRightAligned: true), Table.Column("NAME"),
      Table.Column("WAITING FOR", cutRank: 1), Table.Column("N", isRightAligned: true, cutRank: 3),
      Table.Column("", cutRank: 2),
    ],
    rows: [
      [
        "2", "metro", "sleep, 0.31 s left", "7",
        Table.Cell("f(_:) at F.swift:3", short: "F.swift:3"),
      ],
      ["10", "日本", "", "1000", ""],
    ])

  @Test(arguments: [
    (
      nil as Int?, "ID  NAME   WAITING FOR            N",
      " 2  metro  sleep, 0.31 s left     7  f(_:) at F.swift:3"
    ),
    (50, "ID  NAME   WAITING FOR            N", " 2  metro  sleep, 0.31 s left     7  F.swift:3"),
    (40, "ID  NAME   WAITING FOR", " 2  metro  sleep, 0.31 s left  F.swift:3"),
    (30, "ID  NAME   WAITING FOR", " 2  metro  sleep, 0.31 s left"),
    (25, "ID  NAME   WAITING FOR", " 2  metro  sleep, 0.31 s…"),
    (5, "ID  NAME", " 2  metro"),
  ])
  func `the least useful column gives way first`(width: Int?, header: String, row: String) {
    let lines = table.render(RenderSpec(width: width)).map(\.plain)
    #expect(lines[0] == header)
    #expect(lines[1] == row)
  }

  @Test(arguments: [
    (40, true), (22, true), (21, false), (15, false),
  ])
  func `long texts are cut before a column goes`(width: Int, keepsAge: Bool) {
    let table = Table(
      columns: [
        Table.Column("ID", isRightAligned: true),
        Table.Column("OUTCOME", cutRank: 1, textWidth: 12), Table.Column("AGE", cutRank: 2),
      ],
      rows: [["2", "Error: it is a very long sentence", "1.2s"]])
    let lines = table.render(RenderSpec(width: width)).map(\.plain)
    #expect(lines.allSatisfy { DisplayWidth.of($0) <= width })
    #expect(lines[0].contains("AGE") == keepsAge)
    #expect(lines[1].contains("1.2s") == keepsAge)
  }

  @Test(arguments: [
    (60, ["ID", "NAME", "WAITING FOR", "AGE"], "producerConsumer  sleep, 0.31 s left  1.2s"),
    (40, ["ID", "NAME", "WAITING FOR"], "producerConsumer  sleep, 0.31 s left"),
    (32, ["ID", "NAME", "WAITING F…"], "producerConsumer  sleep, 0.…"),
    (28, ["ID", "NAME", "WAITING F…"], "producerCon…  sleep, 0.…"),
    (20, ["ID", "NAME"], "producerConsumer"),
  ])
  func `the last column to go is shortened, and then the names before it goes`(
    width: Int, titles: [String], row: String
  ) {
    let table = Table(
      columns: [
        Table.Column("ID", isRightAligned: true), Table.Column("NAME", leastWidth: 10),
        Table.Column("WAITING FOR", cutRank: 1, leastWidth: 10), Table.Column("AGE", cutRank: 2),
      ],
      rows: [["2", "producerConsumer", "sleep, 0.31 s left", "1.2s"]])
    let lines = table.render(RenderSpec(width: width)).map(\.plain)
    #expect(lines[1] == " 2  " + row)
    for title in titles { #expect(lines[0].contains(title)) }
    for line in lines { #expect(DisplayWidth.of(line) <= width) }
  }

  @Test func `wide characters keep the columns straight`() {
    let lines = table.render(RenderSpec()).map(\.plain)
    #expect(lines[2] == "10  日本                       1000")
  }

  @Test func `lines never end in blanks`() {
    for line in table.render(RenderSpec(width: 40)) { #expect(line.plain.last != " ") }
  }
}
