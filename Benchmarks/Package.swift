// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "benchmarks",
  dependencies: [.package(name: "runner", path: "..")],
  targets: [
    .target(name: "CAllocations"),
    .executableTarget(name: "c-workloads"),
    .executableTarget(name: "swift-workloads", dependencies: ["CAllocations"]),
    .executableTarget(
      name: "runner-workloads",
      dependencies: ["CAllocations", .product(name: "RunnerCore", package: "runner")]),
  ],
  swiftLanguageModes: [.v6]
)
