internal import RunnerCore

extension LoopReport {
  /// What a loop reports, as one line for the person at the prompt.
  func sentence(from runner: String) -> String {
    let facts = text.split(separator: "\n").map { $0.drop { $0 == " " } }
    return "\(runner): " + facts.joined(separator: "; ")
  }
}
