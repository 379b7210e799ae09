import Foundation
import GoldenTesting

/// The page that shows for each rule what is typed and what comes.
///
/// Up to the mark it is written by hand. Below, each rule of the book has a section: its sentence as
/// heading, and what its test has seen.
struct RulePage {
  static let path = "Docs/Reference/terminal-rules.md"

  private static let mark = "<!-- What follows is generated. -->"

  private let preface: String
  /// What stands below the heading of each rule, by its number.
  private(set) var bodies: [Int: String] = [:]

  /// Reads a page.
  init(_ text: String) {
    let parts = text.components(separatedBy: Self.mark)
    preface = parts[0]
    var number: Int?
    for line in parts.dropFirst().joined().components(separatedBy: "\n") {
      if let heading = line.wholeMatch(of: /### ([0-9]+)\. .*/) {
        number = Int(heading.1)
      } else if line.hasPrefix("## ") {
        number = nil
      } else if let number {
        bodies[number, default: ""] += line + "\n"
      }
    }
    bodies = bodies.mapValues { $0.trimmingCharacters(in: .newlines) }
  }

  var text: String {
    var parts: [String] = []
    for group in RuleBook.groups {
      parts.append("## \(group.title)")
      for rule in group.rules {
        parts.append("### \(rule.number). \(rule.sentence)")
        if let body = bodies[rule.number], !body.isEmpty { parts.append(body) }
      }
    }
    parts.append("## To come")
    parts += RuleBook.later.map { "\($0.number). \($0.sentence)" }
    return preface + Self.mark + "\n\n" + parts.joined(separator: "\n\n") + "\n"
  }

  private static func withoutFigures(_ body: String) -> String {
    body.replacing(/^Measured: [0-9.]+ m?s/.anchorsMatchLineEndings(), with: "Measured")
  }

  /// Returns the section of a rule on the page, after writing it anew when that was asked for.
  static func section(_ number: Int, updatedTo body: String) throws -> String {
    var page = RulePage(try Golden.text(of: path))
    // Times differ on each run: one that is within its bound stays.
    if let known = page.bodies[number], withoutFigures(known) == withoutFigures(body) {
      return body
    }
    page.bodies[number] = body
    return RulePage(try Golden.text(of: path, updatedTo: page.text)).bodies[number] ?? ""
  }
}
