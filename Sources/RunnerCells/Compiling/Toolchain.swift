/// The compiler and the linker that make cells.
package struct Toolchain: Hashable, Sendable {
  /// The compiler itself, not its driver: that would start it a second time.
  package var frontend: String
  /// As the compiler says it: `Swift version 6.3.1 (swift-6.3.1-RELEASE)`.
  package var version: String
  /// The machine and the system: `x86_64-unknown-linux-gnu`.
  package var target: String
  /// The folder with the runtime's libraries and objects.
  package var resources: String
  package var linker: String

  /// The folder that the plugins of the standard library's macros are in.
  var plugins: String { resources + "/host/plugins" }

  /// What runs those plugins within the compiler.
  var pluginServer: String { resources + "/host/libSwiftInProcPluginServer.so" }

  /// The folder of the libraries that a program is linked with.
  var libraries: String { resources + "/linux" }

  /// What registers a library's types with the runtime when it is loaded.
  var registrar: String {
    let architecture = target.split(separator: "-").first ?? ""
    return "\(libraries)/\(architecture)/swiftrt.o"
  }

  /// The library that completes; it finds what it needs beside itself, so its path must be straight.
  package var sourceKit: String {
    resources.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" }
      + "/libsourcekitdInProc.so"
  }
}
