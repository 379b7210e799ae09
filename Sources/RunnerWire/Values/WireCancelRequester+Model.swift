package import RunnerCore

extension WireCancelRequester {
  package init(_ model: CancellationSnapshot.Requester) {
    switch model {
    case .task(let id): self = .task(id.number)
    case .thread(let name): self = .thread(name)
    case .callback: self = .callback
    case .interrupt: self = .interrupt
    case .close: self = .close
    case .timeout: self = .timeout
    case .taskGroup: self = .taskGroup
    case .tool: self = .tool
    case .swift: self = .swift
    }
  }

  package var model: CancellationSnapshot.Requester {
    switch self {
    case .task(let number): .task(TaskID(number))
    case .thread(let name): .thread(name)
    case .callback: .callback
    case .interrupt: .interrupt
    case .close: .close
    case .timeout: .timeout
    case .taskGroup: .taskGroup
    case .tool: .tool
    case .swift: .swift
    }
  }
}
