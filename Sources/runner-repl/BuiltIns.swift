import RunnerCore
import RunnerExamples
import RunnerShell
import RunnerWorker

/// The built-in coroutines as the worker runs them.
struct BuiltInSource: CoroutineSource {
  func coroutine(for expression: String) throws -> NamedCoroutine {
    let call = try BuiltInCall(parsing: expression)
    let body = call.coroutine()
    return NamedCoroutine(name: call.entry.name) {
      let value = try await body()
      return value.map { ValueSnapshot(describing: $0) }
    }
  }
}

/// The built-in coroutines as the shell lists them.
struct BuiltInCatalog: CoroutineCatalog {
  let coroutines = CoroutineCatalogue.entries.map { entry in
    CoroutineEntry(
      name: entry.name, signature: entry.signature, summary: entry.summary, source: entry.source)
  }
}
