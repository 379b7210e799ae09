/// What a request brought; the key names the kind, so that a reply can be read on its own.
package enum WireResult: Hashable, Sendable {
  case runner(WireRunnerSnapshot)
  case runners([WireRunnerSnapshot])
  case task(WireTaskSnapshot)
  case stack(WireTaskStack)
  case listing(WireTaskListing)
  case loop(WireLoopSnapshot)
  case context(WireContextSnapshot)
  case job(WireJobSnapshot)
  case jobs([WireJobSnapshot])
  case cell(WireCellStart)
  /// Swift that does not compile.
  case rejected([WireCellDiagnostic])
  case type(String)
  case variables([WireValueBinding])
  case completions([WireSwiftCompletion])
  case outcomes([WireCancelOutcome])
  case interrupt(WireInterruptOutcome)
  case report(WireCloseReport)
  /// It was done, and there is nothing to tell.
  case done
}

extension WireResult: Codable {
  private enum CodingKeys: String, CodingKey {
    case runner
    case runners
    case task
    case stack
    case listing
    case loop
    case context
    case job
    case jobs
    case cell
    case rejected
    case type
    case variables
    case completions
    case outcomes
    case interrupt
    case report
    case done
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    guard let key = container.allKeys.first else {
      throw WireError(.malformedMessage, "The result is of no known kind.")
    }
    func value<Value: Decodable>() throws -> Value {
      try container.decode(Value.self, forKey: key)
    }
    switch key {
    case .runner: self = .runner(try value())
    case .runners: self = .runners(try value())
    case .task: self = .task(try value())
    case .stack: self = .stack(try value())
    case .listing: self = .listing(try value())
    case .loop: self = .loop(try value())
    case .context: self = .context(try value())
    case .job: self = .job(try value())
    case .jobs: self = .jobs(try value())
    case .cell: self = .cell(try value())
    case .rejected: self = .rejected(try value())
    case .type: self = .type(try value())
    case .variables: self = .variables(try value())
    case .completions: self = .completions(try value())
    case .outcomes: self = .outcomes(try value())
    case .interrupt: self = .interrupt(try value())
    case .report: self = .report(try value())
    case .done: self = .done
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .runner(let value): try container.encode(value, forKey: .runner)
    case .runners(let value): try container.encode(value, forKey: .runners)
    case .task(let value): try container.encode(value, forKey: .task)
    case .stack(let value): try container.encode(value, forKey: .stack)
    case .listing(let value): try container.encode(value, forKey: .listing)
    case .loop(let value): try container.encode(value, forKey: .loop)
    case .context(let value): try container.encode(value, forKey: .context)
    case .job(let value): try container.encode(value, forKey: .job)
    case .jobs(let value): try container.encode(value, forKey: .jobs)
    case .cell(let value): try container.encode(value, forKey: .cell)
    case .rejected(let value): try container.encode(value, forKey: .rejected)
    case .type(let value): try container.encode(value, forKey: .type)
    case .variables(let value): try container.encode(value, forKey: .variables)
    case .completions(let value): try container.encode(value, forKey: .completions)
    case .outcomes(let value): try container.encode(value, forKey: .outcomes)
    case .interrupt(let value): try container.encode(value, forKey: .interrupt)
    case .report(let value): try container.encode(value, forKey: .report)
    case .done: try container.encode(true, forKey: .done)
    }
  }
}
