private import Glibc

/// How much of Swift's runtime is looked at.
///
/// `RUNNER_INTROSPECTION` in the environment says so when a process first asks.
package enum IntrospectionTier: String, CaseIterable, Sendable {
  /// What the runtime itself knows of every task, by its private layout.
  case full

  /// What Swift's public functions say of a task that we hold.
  case `public`

  /// Nothing of Swift's: only what the library has noted itself.
  case off

  /// What the environment asks for, and why it is not what it says.
  static func requested(
    by value: String?
  ) -> (tier: IntrospectionTier, reason: String) {
    guard let value, !value.isEmpty else { return (.full, "") }
    let text = value.excerpt(40)
    guard let tier = IntrospectionTier(rawValue: value) else {
      return (
        .public,
        """
        RUNNER_INTROSPECTION is '\(text)', which is none of 'full', 'public' and 'off'; it was taken \
        as 'public'.
        """
      )
    }
    return (tier, tier == .full ? "" : "RUNNER_INTROSPECTION is '\(text)'.")
  }

  /// The value of `RUNNER_INTROSPECTION`.
  static var environmentValue: String? {
    getenv("RUNNER_INTROSPECTION").map { String(cString: $0) }
  }
}
