import RunnerShell
import Testing

@Suite struct SwiftPointTests {
  @Test(arguments: [
    ("origin.le", "origin.", "le", true), ("print(ori", "print(", "ori", false),
    ("0..<n", "0..<", "n", false), ("[1].", "[1].", "", true), ("0...n", "0...", "n", false),
    ("let x =", "let x =", "", false), ("a.b\n  .c", "a.b\n  .", "c", true),
    ("_cou", "", "_cou", false), ("日本.長", "日本.", "長", true),
  ])
  func `the name before the cursor is what completion is about`(
    text: String, before: String, prefix: String, isMember: Bool
  ) {
    let point = SwiftPoint(text, cursor: text.unicodeScalars.count)
    #expect(point.before == before)
    #expect(point.prefix == prefix)
    #expect(point.start == before.unicodeScalars.count)
    #expect(point.isMember == isMember)
  }

  @Test func `what stands behind the cursor does not count`() {
    #expect(SwiftPoint("origin.length", cursor: 9) == SwiftPoint("origin.le", cursor: 9))
  }

  @Test(arguments: [("", false), ("f(", false), ("12", false), ("a", true), ("a.", true)])
  func `nothing at all, and a number, are nothing to look for`(text: String, isSearchable: Bool) {
    #expect(
      SwiftPoint(text, cursor: text.unicodeScalars.count).isSearchable == isSearchable)
  }
}
