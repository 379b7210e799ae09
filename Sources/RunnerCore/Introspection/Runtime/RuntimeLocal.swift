internal import CRunnerRuntime

/// A task's value for a task-local variable of Swift.
package struct RuntimeLocal: Hashable, Sendable {
  /// The address of the variable's `TaskLocal` object: what makes it the same variable.
  package var key: UInt

  /// The variable as it is declared, `Server.request`; `nil` when no symbol names it.
  package var variable: String?

  /// The module that declares it.
  package var module: String?

  /// The value; `nil` when it was not described.
  package var value: ValueSnapshot?

  /// Whether the binding was made by an ancestor.
  package var isInherited: Bool

  init(_ local: runner_task_local, describing: Bool) {
    key = local.key
    isInherited = local.is_inherited
    if let name = runner_symbol_of_task_local(local.key) {
      let function = FunctionName(mangled: String(cString: name))
      variable = function.short.replacing("$", with: "")
      module = function.module
    }
    if describing, local.value != 0,
      let pointer = UnsafeRawPointer(bitPattern: local.value)
    {
      func describe<T>(_ type: T.Type) -> ValueSnapshot {
        ValueSnapshot(describing: pointer.assumingMemoryBound(to: type).pointee)
      }
      let type = unsafeBitCast(local.value_type, to: Any.Type.self)
      value = _openExistential(type, do: describe)
    }
  }
}
