/// What a loaded cell hands to the program that loaded it.
public final class CellProgram: @unchecked Sendable {
  private let body: () async throws -> Void
  private let steps: [any CellStep]
  private let report: (inout CellReport) -> Void
  /// The static type of the cell's last expression, as one writes it.
  public let valueType: String?

  private init(
    _ body: @escaping () async throws -> Void, _ steps: [any CellStep], _ valueType: String?,
    _ report: @escaping (inout CellReport) -> Void
  ) {
    self.body = body
    self.steps = steps
    self.valueType = valueType
    self.report = report
  }

  /// Called by a cell's entry function; the receiver of the pointer owns the program.
  public static func make(
    body: @escaping () async throws -> Void, steps: [any CellStep], valueType: String?,
    report: @escaping (inout CellReport) -> Void
  ) -> UnsafeMutableRawPointer {
    Unmanaged.passRetained(CellProgram(body, steps, valueType, report)).toOpaque()
  }

  /// Takes over what `make` returned.
  public static func take(_ pointer: UnsafeMutableRawPointer) -> CellProgram {
    Unmanaged<CellProgram>.fromOpaque(pointer).takeRetainedValue()
  }

  /// Runs the cell, on the caller's executor and in its task.
  public func run() async throws { try await body() }

  /// Whether every declaration of the cell has run.
  public var isComplete: Bool { steps.allSatisfy { $0.isReady || $0.unsetName != nil } }

  /// The names that were declared without a value and have none yet.
  public var unsetNames: [String] { steps.compactMap(\.unsetName) }

  /// The cell's variables and the value of its last expression, as they are now.
  ///
  /// Reads the variables and calls their descriptions: call it where the cell's code may run.
  public func values() -> [CellValue] {
    var report = CellReport()
    self.report(&report)
    return report.values
  }
}
