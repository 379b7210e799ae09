// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "runner",
  products: [
    .library(name: "RunnerCore", targets: ["RunnerCore"]),
    .library(name: "RunnerCoreTesting", targets: ["RunnerCoreTesting"]),
    .library(name: "RunnerMonitor", targets: ["RunnerMonitor"]),
    .executable(name: "runner-repl", targets: ["runner-repl"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/swiftlang/swift-syntax", exact: "603.0.1"),
  ],
  targets: [
    // The core: depends on nothing above it; no Foundation, no terminal, no socket, no compiler.
    .target(name: "CRunnerRuntime"),
    .target(
      name: "RunnerCore",
      dependencies: [
        "CRunnerRuntime",
        .product(name: "HashTreeCollections", package: "swift-collections"),
      ]),
    .target(name: "RunnerCoreTesting", dependencies: ["RunnerCore"]),
    .target(name: "RunnerExamples", dependencies: ["RunnerCore"]),

    // Looking at runners from outside: bytes and messages, then server and client.
    .target(name: "RunnerWire", dependencies: ["RunnerCore"]),
    .target(name: "RunnerMonitor", dependencies: ["RunnerCore", "RunnerWire"]),

    // The far side of the prompt: named runners, their threads, jobs.
    .target(name: "CProgramHooks", dependencies: ["CRunnerRuntime"]),
    .target(
      name: "RunnerWorker",
      dependencies: [
        "CProgramHooks", "CRunnerRuntime", "RunnerCore", "RunnerExamples", "RunnerMonitor",
      ]),

    // Compiled Swift: what cells call, then source to cell to loaded code. Knows no terminal.
    .target(name: "RunnerCellRuntime"),
    .target(name: "CSourceKit"),
    .target(
      name: "RunnerCells",
      dependencies: [
        "CSourceKit", "RunnerCellRuntime", "RunnerCore",
        .product(name: "SwiftParser", package: "swift-syntax"),
        .product(name: "SwiftSyntax", package: "swift-syntax"),
      ]),

    // The near side of the prompt: commands and rendering, then the terminal.
    .target(name: "RunnerShell", dependencies: ["RunnerCore"]),
    .systemLibrary(
      name: "CLibEdit", pkgConfig: "libedit", providers: [.apt(["libedit-dev"])]),
    .target(name: "CEditLine", dependencies: ["CLibEdit"]),
    .target(name: "RunnerTerminal", dependencies: ["RunnerShell", "CEditLine"]),

    // The composition root.
    .executableTarget(
      name: "runner-repl",
      dependencies: [
        "RunnerCellRuntime", "RunnerCells", "RunnerCore", "RunnerExamples", "RunnerMonitor",
        "RunnerWorker", "RunnerShell", "RunnerTerminal",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      // Cells are loaded into it and find its symbols.
      linkerSettings: [.unsafeFlags(["-Xlinker", "-export-dynamic"])]),

    // What a user would copy; the tests run it.
    .executableTarget(
      name: "line-watch", dependencies: ["RunnerCore"], path: "Examples/line-watch",
      exclude: ["README.md"]),

    // Test support: a pseudo terminal and a screen that is strict about what it does not know.
    .target(name: "CPseudoTerminal", path: "Tests/Support/CPseudoTerminal"),
    .target(
      name: "TerminalTesting", dependencies: ["CPseudoTerminal"],
      path: "Tests/Support/TerminalTesting"),

    // Files that tests compare with what the code makes.
    .target(name: "GoldenTesting", path: "Tests/Support/GoldenTesting"),

    .executableTarget(
      name: "terminal-fixture", dependencies: ["RunnerTerminal"],
      path: "Tests/Support/terminal-fixture"),

    // A program that real signals are sent to: each scenario is one case of the interrupt's rules.
    .executableTarget(
      name: "interrupt-fixture", dependencies: ["RunnerCore"],
      path: "Tests/Support/interrupt-fixture"),

    // A program that looks at its own tasks; copies of it, stripped and damaged, must do so too.
    .executableTarget(
      name: "inspection-fixture", dependencies: ["RunnerCore"],
      path: "Tests/Support/inspection-fixture"),

    // A program that compiles cells and loads them into itself.
    .executableTarget(
      name: "cell-fixture",
      dependencies: ["RunnerCellRuntime", "RunnerCells", "RunnerCore", "RunnerExamples"],
      path: "Tests/Support/cell-fixture",
      linkerSettings: [.unsafeFlags(["-Xlinker", "-export-dynamic"])]),

    // A program whose tasks stand where tasks can stand, and what the commands say of each.
    .executableTarget(
      name: "suspension-fixture", dependencies: ["RunnerCore", "RunnerShell"],
      path: "Tests/Support/suspension-fixture"),

    .testTarget(
      name: "RunnerCoreTests",
      dependencies: [
        "CRunnerRuntime", "RunnerCore", "RunnerCoreTesting", "interrupt-fixture",
        "inspection-fixture", "line-watch",
      ]),
    .testTarget(
      name: "RunnerExamplesTests", dependencies: ["RunnerExamples", "RunnerCoreTesting"]),
    .testTarget(
      name: "RunnerWireTests", dependencies: ["RunnerWire"], resources: [.copy("Fixtures")]),
    .testTarget(name: "RunnerMonitorTests", dependencies: ["RunnerMonitor"]),
    .testTarget(
      name: "RunnerCellsTests",
      dependencies: ["RunnerCellRuntime", "RunnerCells", "RunnerCore", "cell-fixture"],
      exclude: ["Golden", "SameAsSwiftc", "Scripts"]),
    .testTarget(name: "RunnerWorkerTests", dependencies: ["RunnerWorker"]),
    .testTarget(
      name: "RunnerShellTests",
      dependencies: ["GoldenTesting", "RunnerShell", "suspension-fixture"],
      resources: [.copy("Transcripts")]),
    .testTarget(
      name: "RunnerTerminalTests",
      dependencies: ["RunnerTerminal", "TerminalTesting", "terminal-fixture"]),
    .testTarget(
      name: "RunnerReplTests",
      dependencies: ["GoldenTesting", "RunnerCells", "runner-repl", "TerminalTesting"]),
  ],
  swiftLanguageModes: [.v6]
)

// Each module's folder opens with a README.
for target in package.targets
where target.path == nil && target.type != .test && target.type != .system {
  target.exclude = ["README.md"]
}

// One dialect for every Swift target: each file states what it uses.
for target in package.targets where target.type != .system && !target.name.hasPrefix("C") {
  target.swiftSettings = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
  ]
}

for target in package.targets where target.type != .system && target.name.hasPrefix("C") {
  target.cSettings = [
    .enableWarning("all"), .enableWarning("extra"), .treatAllWarnings(as: .error),
  ]
}
