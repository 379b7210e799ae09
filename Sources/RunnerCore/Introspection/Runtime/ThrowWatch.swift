internal import CRunnerRuntime

/// Tells where an error was thrown.
///
/// A tool that runs other people's code installs it once; nothing happens in programs that do not.
/// From then on each error costs a walk over its callers, a microsecond or so, and the last 64
/// stay alive.
package enum ThrowWatch {
  /// Begins to note where errors are thrown.
  ///
  /// - Returns: Whether this runtime tells; else no error has frames.
  @discardableResult
  package static func install() -> Bool { runner_throw_watch() }

  /// The program's functions in which an error was thrown first, innermost first; empty when that is not
  /// known.
  package static func frames(of error: any Error) -> [StackFrame] {
    // Without "as any Error" the call gets what is in the box.
    let box = unsafeBitCast(error as any Error, to: UnsafeRawPointer.self)
    let boxed = frames(box: box, type: nil)
    guard boxed.isEmpty else { return boxed }
    // What a function throws as a type of its own is boxed later, by whoever passes it on.
    return frames(
      box: nil, type: unsafeBitCast(Swift.type(of: error) as Any.Type, to: UnsafeRawPointer.self))
  }

  private static func frames(box: UnsafeRawPointer?, type: UnsafeRawPointer?) -> [StackFrame] {
    var record = runner_throw()
    guard runner_throw_read(box, type, &record) else { return [] }
    let native = Int(record.native_count)
    let frames = withUnsafeBytes(of: &record.addresses) { bytes in
      bytes.bindMemory(to: UInt.self).prefix(Int(record.count)).enumerated().map {
        CodeFrame.at($1, $0 < native ? .afterCall : .exact)
      }
    }
    return CodeFrame.foldingTools(in: CodeFrame.foldingThunks(in: frames)).map { StackFrame($0) }
      .filter { !$0.isFolded && $0.line != nil }
  }
}
