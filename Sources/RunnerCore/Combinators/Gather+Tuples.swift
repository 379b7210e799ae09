/// Runs two coroutines that return different types as tasks, and returns their values; see `gather(_:)`.
@_disfavoredOverload
public func gather<First: Sendable, Second: Sendable>(
  _ first: @autoclosure @escaping @Sendable () async throws -> First,
  _ second: @autoclosure @escaping @Sendable () async throws -> Second,
  fileID: StaticString = #fileID, line: UInt = #line, function: StaticString = #function
) async throws -> (First, Second) {
  let firstTask = try makeGathered(first)
  let secondTask = try makeGathered(second)
  try await waitForSuccess(
    of: [firstTask, secondTask], site: WaitSite(fileID, line, function))
  return try (firstTask.outcome(), secondTask.outcome())
}

/// Runs three coroutines that return different types as tasks, and returns their values; see `gather(_:)`.
@_disfavoredOverload
public func gather<First: Sendable, Second: Sendable, Third: Sendable>(
  _ first: @autoclosure @escaping @Sendable () async throws -> First,
  _ second: @autoclosure @escaping @Sendable () async throws -> Second,
  _ third: @autoclosure @escaping @Sendable () async throws -> Third,
  fileID: StaticString = #fileID, line: UInt = #line, function: StaticString = #function
) async throws -> (First, Second, Third) {
  let firstTask = try makeGathered(first)
  let secondTask = try makeGathered(second)
  let thirdTask = try makeGathered(third)
  try await waitForSuccess(
    of: [firstTask, secondTask, thirdTask], site: WaitSite(fileID, line, function))
  return try (firstTask.outcome(), secondTask.outcome(), thirdTask.outcome())
}

/// Runs four coroutines that return different types as tasks, and returns their values; see `gather(_:)`.
@_disfavoredOverload
public func gather<First: Sendable, Second: Sendable, Third: Sendable, Fourth: Sendable>(
  _ first: @autoclosure @escaping @Sendable () async throws -> First,
  _ second: @autoclosure @escaping @Sendable () async throws -> Second,
  _ third: @autoclosure @escaping @Sendable () async throws -> Third,
  _ fourth: @autoclosure @escaping @Sendable () async throws -> Fourth,
  fileID: StaticString = #fileID, line: UInt = #line, function: StaticString = #function
) async throws -> (First, Second, Third, Fourth) {
  let firstTask = try makeGathered(first)
  let secondTask = try makeGathered(second)
  let thirdTask = try makeGathered(third)
  let fourthTask = try makeGathered(fourth)
  try await waitForSuccess(
    of: [firstTask, secondTask, thirdTask, fourthTask], site: WaitSite(fileID, line, function))
  return try (firstTask.outcome(), secondTask.outcome(), thirdTask.outcome(), fourthTask.outcome())
}
