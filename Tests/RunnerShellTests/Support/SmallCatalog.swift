import RunnerShell

/// A few coroutines, as the composition root would offer them.
struct SmallCatalog: CoroutineCatalog {
  let coroutines = [
    CoroutineEntry(
      name: "countdown", signature: "countdown(n)", summary: "counts down from n",
      source: "public func countdown(_ n: Int) async throws {\n  // …\n}\n"),
    CoroutineEntry(
      name: "sleep", signature: "sleep(seconds)", summary: "does nothing for so long",
      source: "public func sleep(_ seconds: Double) async throws {}\n"),
    CoroutineEntry(
      name: "ticker", signature: "ticker(every: seconds)", summary: "prints a line again and again",
      source: "public func ticker(every seconds: Double) async throws {}\n"),
    CoroutineEntry(
      name: "fail", signature: "fail(after: seconds)", summary: "throws an error",
      source: "public func fail(after seconds: Double) async throws {}\n"),
  ]
}
