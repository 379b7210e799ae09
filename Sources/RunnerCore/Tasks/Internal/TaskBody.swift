internal import CRunnerRuntime

/// What a task shall run, as the two words that an async closure is; whoever has it must use or forget it.
@usableFromInline
struct TaskBody {
  private let function: UInt
  private let closure: UInt

  var words: runner_body {
    runner_body(
      function: UnsafeRawPointer(bitPattern: function),
      closure: UnsafeMutableRawPointer(bitPattern: closure))
  }

  @usableFromInline
  init(words: (UInt, UInt)) { (function, closure) = words }

  /// Keeps a closure, which nothing isolates.
  @inlinable @inline(__always)
  init<Success>(_ body: @escaping () async throws -> Success) {
    var words: (UInt, UInt) = (0, 0)
    withUnsafeMutablePointer(to: &words) { keepBody(body, in: UnsafeMutableRawPointer($0)) }
    self.init(words: words)
  }

  func forget() {
    var words = self.words
    runner_forget_body(&words)
  }
}

/// A function of C's; see `CRunnerRuntime/TaskBody.c`.
@_silgen_name("runner_keep_body") @usableFromInline
func keepBody<Success>(
  _ body: @escaping () async throws -> Success, in place: UnsafeMutableRawPointer)
