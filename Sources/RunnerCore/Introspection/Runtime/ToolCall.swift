/// Calls a closure of a tool's that does nothing but call the program.
///
/// Stacks fold the closure and all that is outside of it, so that they begin with the program's own
/// function and not with what a tool had to do to call it.
@inline(never)
package func callForTool<each Argument, Value>(
  _ body: (repeat each Argument) async throws -> Value, _ argument: repeat each Argument
) async rethrows -> Value {
  let value = try await body(repeat each argument)
  return value
}

extension CodeFrame {
  /// Folds what a tool has put around the program's functions; the innermost frame comes first.
  static func foldingTools(in frames: [CodeFrame]) -> [CodeFrame] {
    guard
      let call = frames.firstIndex(where: {
        $0.module == "RunnerCore" && $0.function.contains("callForTool(")
      })
    else { return frames }
    var frames = frames
    for index in frames.indices[call...] where frames[index].role == .program {
      frames[index].role = .library
    }
    // The closure itself, if the compiler has left it there.
    if let index = frames[..<call].lastIndex(where: { $0.role != .thunk }),
      frames[index].role == .program, frames[index].function.hasPrefix("closure #")
    {
      frames[index].role = .library
    }
    return frames
  }
}
