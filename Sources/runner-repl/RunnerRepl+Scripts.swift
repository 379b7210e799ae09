import ArgumentParser
import RunnerShell

extension RunnerRepl {
  /// A shell that can be taught the program's options.
  enum Shell: String, ExpressibleByArgument, CaseIterable {
    case bash, zsh, fish

    /// The script that does it.
    var completionScript: String {
      RunnerRepl.completionScript(for: kind)
    }

    private var kind: CompletionShell {
      switch self {
      case .bash: .bash
      case .zsh: .zsh
      case .fish: .fish
      }
    }
  }

  /// What was asked for instead of a session.
  var script: String? {
    if manual { return ManualPage.roff }
    return completion?.completionScript
  }
}
