import Glibc
import RunnerCore

extension RunnerError.Code {
  /// The other side only looks, and was asked to act.
  static let notAllowed = RunnerError.Code(name: "notAllowed")
  /// The other side sent what cannot be understood.
  static let malformedMessage = RunnerError.Code(name: "malformedMessage")
}

extension RunnerError {
  /// Creates the error for a call that the system refused; `what` is a sentence without its end.
  static func system(_ what: String, _ number: Int32) -> RunnerError {
    RunnerError(.system, "\(what): \(String(cString: strerror(number))).")
  }
}

extension RunnerError {
  /// A wait that `abandonWaits` ended.
  static let waitAbandoned = RunnerError(
    .abandoned, "The wait was given up; what it waited for goes on.")
}
