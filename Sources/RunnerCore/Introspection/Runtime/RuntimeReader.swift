internal import CRunnerRuntime

/// Reads what Swift's runtime knows of tasks, as far as this process allows.
///
/// `shared` chooses its tier once, when it is first asked for: the tier of `RUNNER_INTROSPECTION`,
/// and never more than what the runtime's version symbols and the proof of the layout allow.
package struct RuntimeReader: Sendable {
  /// The reader of this process, whose first use makes the proof.
  package static let shared = RuntimeReader(requesting: IntrospectionTier.environmentValue)

  package let tier: IntrospectionTier

  /// Why the tier is not `full`, as a sentence; empty when it is.
  package let reason: String

  let layout: runner_task_layout

  /// Chooses a tier: what is asked for, if `layout` holds for the runtime that is loaded.
  init(requesting value: String?, layout: runner_task_layout = runner_task_layout_6_3) {
    self.layout = layout
    let (requested, reason) = IntrospectionTier.requested(by: value)
    guard requested == .full else {
      (tier, self.reason) = (requested, reason)
      return
    }
    if let failure = Self.failure(of: layout) {
      tier = .public
      self.reason = "Swift's runtime is asked through its public functions only: \(failure)."
    } else {
      (tier, self.reason) = (.full, "")
    }
  }

  /// Reads by a layout that nobody has proven: the proof itself.
  init(unproven layout: runner_task_layout) {
    (tier, reason, self.layout) = (.full, "", layout)
  }

  /// Why the layout cannot be used, as a clause, or `nil` when it is proven.
  private static func failure(of layout: runner_task_layout) -> String? {
    #if compiler(>=6.3) && compiler(<6.4)
      let refusal = withUnsafePointer(to: layout) { runner_task_layout_refusal($0) }
      if let refusal { return String(cString: refusal) }
      return LayoutProof(of: layout).failure()
    #else
      return "this library was built with another compiler than Swift 6.3"
    #endif
  }

  /// Reads the task at an address, or returns `nil` when there is none, or not the one with this
  /// id.
  ///
  /// `withFrames` says whether to read where the task and its callers resume. In the public tier
  /// the task must be alive, and nothing but its id, name, priorities and flag is known; with the
  /// tier `off`, nothing is.
  package func task(
    at address: UInt, expecting id: UInt64? = nil, access: MemoryAccess = .guarded,
    withFrames: Bool = true
  ) -> RuntimeTask? {
    let task: RuntimeTask? =
      switch tier {
      case .full: readByLayout(at: address, access: access, withFrames: withFrames)
      case .public: readPublicly(at: address)
      case .off: nil
      }
    guard let task, id == nil || task.id == id else { return nil }
    return task
  }

  /// Reads the task-local values of the task at an address, the newest first, without those that a
  /// newer one hides; empty but in the full tier.
  ///
  /// A value's description runs its type's code, so values are described with `direct` access only.
  package func locals(
    at address: UInt, access: MemoryAccess = .guarded
  ) -> [RuntimeLocal] {
    tier == .full ? readLocals(at: address, access: access) : []
  }
}
