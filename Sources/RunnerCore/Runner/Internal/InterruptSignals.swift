private import CRunnerRuntime

/// The interrupt signals of one run: installed on the main thread only, over the default
/// disposition only, and put back only if they are still ours.
struct InterruptSignals {
  private let installed: [Int32]

  init(_ signals: [Int32]) {
    guard runner_is_main_thread() else {
      installed = []
      return
    }
    // Before the handlers are there: none of their signals is forgotten.
    runner_interrupt_reset()
    installed = signals.filter { runner_interrupt_install($0) == 1 }
  }

  var areInstalled: Bool { !installed.isEmpty }

  func restore() {
    for signal in installed { runner_interrupt_restore(signal) }
  }
}
