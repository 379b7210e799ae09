private import Glibc

/// How much memory a worker may take, so that a cell that takes all there is harms nobody else.
///
/// The limit is one of the kernel's, on what is private and can be written (`RLIMIT_DATA`). Address space
/// that is only reserved, as for the heaps of threads, does not count, as it would with `RLIMIT_AS`.
package struct MemoryLimit: Hashable, Sendable {
  /// What the worker and a compiler need themselves.
  private static let least: UInt64 = 256 << 20

  package let bytes: UInt64

  /// Three quarters of the machine's memory, or of what its container has.
  package static let standard = MemoryLimit(bytes: max(least, available() / 4 * 3))

  private init(bytes: UInt64) { self.bytes = bytes }

  /// Reads `512MiB`, `2 GiB`, `800MB` or `4GB`; `nil` for anything else, and for less than 256 MiB.
  package init?(_ text: String) {
    let number = text.prefix { $0.isNumber }
    let unit = text[number.endIndex...].drop(while: \.isWhitespace)
    let units: [String: UInt64] = [
      "MiB": 1 << 20, "GiB": 1 << 30, "MB": 1_000_000, "GB": 1_000_000_000,
    ]
    guard let count = UInt64(number), count < 1 << 24, let size = units[String(unit)] else {
      return nil
    }
    // Whole MiB, as it is written for a worker.
    bytes = ((count * size) >> 20) << 20
    if bytes < Self.least { return nil }
  }

  /// What is accepted.
  package static let rule =
    "it takes a whole number with MiB, GiB, MB or GB, at least 256MiB, as in 2GiB"

  /// As a person writes it.
  package var text: String {
    bytes % (1 << 30) == 0 ? "\(bytes >> 30) GiB" : "\(bytes >> 20) MiB"
  }

  /// The one that the process has.
  static var current: MemoryLimit? {
    var limit = rlimit()
    guard getrlimit(resource, &limit) == 0, limit.rlim_cur != limit.rlim_max else { return nil }
    return MemoryLimit(bytes: UInt64(limit.rlim_cur))
  }

  /// Limits this process, and what it starts.
  func apply() {
    var limit = rlimit()
    guard getrlimit(Self.resource, &limit) == 0 else { return }
    limit.rlim_cur = min(rlim_t(bytes), limit.rlim_max)
    setrlimit(Self.resource, &limit)
  }

  /// Gives memory to whoever has to tell of a process that is at its limit.
  static func lift() {
    var limit = rlimit()
    guard getrlimit(resource, &limit) == 0 else { return }
    limit.rlim_cur = limit.rlim_max
    setrlimit(resource, &limit)
  }

  private static let resource = __rlimit_resource_t(RLIMIT_DATA.rawValue)

  private static func available() -> UInt64 {
    let machine =
      UInt64(max(0, sysconf(Int32(_SC_PHYS_PAGES)))) * UInt64(max(0, sysconf(Int32(_SC_PAGESIZE))))
    return min(machine, limitOfContainer() ?? machine)
  }

  private static func limitOfContainer() -> UInt64? {
    for path in ["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"] {
      guard let file = fopen(path, "re") else { continue }
      defer { fclose(file) }
      var bytes = [CChar](repeating: 0, count: 32)
      guard fgets(&bytes, Int32(bytes.count), file) != nil else { continue }
      let value = strtoull(bytes, nil, 10)
      if value > 0 { return UInt64(value) }
    }
    return nil
  }
}
