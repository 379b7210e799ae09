extension AnyRunnerTask: CustomStringConvertible {
  /// The task in one line: number, name, state, what it waits for, and where it was made.
  ///
  /// A live task with requests to cancel is `cancelling`. May be read from any thread. Mirrors
  /// `repr(task)`.
  public var description: String {
    if let scopeOwner { return scopeOwner.description }
    var words = "Task \(id) '\(name.excerpt(60))' "
    if isDone {
      words += state.rawValue
      if let failure { words += " with \(type(of: failure)): \("\(failure)".excerpt(100))" }
    } else {
      let snapshot = TaskPicture(of: loop).snapshot(of: self, awaitedBy: [])
      words += cancellationRequests > 0 ? "cancelling" : snapshot.state.rawValue
      if let wait = snapshot.wait {
        words += ", waiting for \(wait.subject.words)"
        if let holder = wait.holder {
          words += " held by task \(holder.task)"
          if let site = holder.site { words += " since \(site)," }
        }
        if let site = wait.site { words += " in \(site)" }
      }
    }
    if let creationSite { words += ", made in \(creationSite)" }
    return "<\(words)>"
  }
}

extension WaitSnapshot.Subject {
  /// The thing waited for, in a few words.
  var words: String {
    switch self {
    case .nextIteration: "the next iteration"
    case .timer: "a timer"
    case .task(let id): "task \(id)"
    case .tasks(let ids): "\(ids.count) tasks"
    case .anyTask(let ids): "the first of \(ids.count) tasks"
    case .future(let number, let label): "future \(number)" + Self.quoted(label)
    case .object(let object, let number, let label):
      "\(object.rawValue) \(number)" + Self.quoted(label)
    case .readable(let descriptor): "input on descriptor \(descriptor)"
    case .writable(let descriptor): "room in descriptor \(descriptor)"
    case .outside(let what): what.words
    }
  }

  private static func quoted(_ label: String) -> String {
    label.isEmpty ? "" : " '\(label.excerpt(60))'"
  }
}

extension OutsideWait {
  var words: String {
    switch self {
    case .unknown: "something outside of the library"
    case .continuation: "a continuation"
    case .sleep: "Task.sleep"
    case .stream: "an AsyncStream"
    case .executor: "its turn on an executor"
    case .task: "a task outside of the library"
    case .group: "a task group"
    }
  }
}
