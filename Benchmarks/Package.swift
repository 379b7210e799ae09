// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "benchmarks",
  dependencies: [.package(name: "runner", path: "..")],
  targets: [
    .executableTarget(
      name: "runner-workloads", dependencies: [.product(name: "RunnerCore", package: "runner")])
  ],
  swiftLanguageModes: [.v6]
)
