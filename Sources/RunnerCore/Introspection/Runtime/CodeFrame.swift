internal import CRunnerRuntime

/// One place in a stack: a function, and the line in it when that is known.
package struct CodeFrame: Hashable, Sendable {
  /// Whose code it is; all but the program's own is folded where room is short.
  package enum Role: String, Hashable, Sendable {
    /// The program's, or that of a library it uses; also where no name is known.
    case program
    /// Made by the compiler between two functions.
    case thunk
    /// Swift's runtime and standard library, and what lies below.
    case runtime
    /// This library's.
    case library
  }

  /// How an address stands to the code that it belongs to.
  package enum Position: Hashable, Sendable {
    /// The place itself: where a suspended function will go on, or a thread is.
    case exact
    /// Where a call returns to: the call is what comes before.
    case afterCall
  }

  package var address: UInt

  /// The function in short, `fetch(_:)`; where there is no name, `module+0x1f40`.
  package var function: String

  /// The function as Swift spells it, with types; where there is no name, as `function`.
  package var fullName: String

  /// Which of the function's suspensions it will go on after, counted by the compiler from 1; `nil`
  /// when the address is no such place.
  package var resumption: FunctionName.Resumption?

  /// The Swift module; `nil` for other languages and where no name is known.
  package var module: String?

  /// The file that was loaded: its name without folders.
  package var object: String?

  package var role: Role

  /// Whether the name is an async function's.
  package var isAsync = false

  /// Whether it is a thunk that is called after the function to which it leads, because that is often
  /// part of it.
  var isThunkOfClosure = false

  /// The line; `nil` where the program was built without them.
  package var line: CodeLine?

  /// Whether lists leave it out.
  package var isFolded: Bool { role != .program }
}

/// A line of a source file.
package struct CodeLine: Hashable, Sendable, CustomStringConvertible {
  /// The path as the compiler was given it.
  package var path: String
  package var line: Int
  /// 0 when it is not known.
  package var column: Int

  /// The file's name without its folders.
  package var fileName: String { path.split(separator: "/").last.map(String.init) ?? path }

  package var description: String { "\(fileName):\(line)" }
}

extension CodeFrame {
  /// The frame of an address, which any thread may ask for.
  ///
  /// Answers are kept. The first question about a loaded file reads its tables: some milliseconds.
  /// No later one does.
  package static func at(_ address: UInt, _ position: Position = .exact) -> CodeFrame {
    FrameCache.shared.frame(at: address, position)
  }

  /// The frames of a suspended task, innermost first.
  package static func frames(of task: RuntimeTask) -> [CodeFrame] {
    foldingTools(in: foldingThunks(in: task.frames.map { at($0) }))
  }

  /// The same frames, in which a thunk that has its closure's name is one when that closure has a frame
  /// of its own.
  static func foldingThunks(in frames: [CodeFrame]) -> [CodeFrame] {
    var frames = frames
    for index in frames.indices.dropFirst()
    where frames[index].isThunkOfClosure && frames[index - 1].function == frames[index].function {
      frames[index].role = .thunk
    }
    return frames
  }

  /// Looks an address up without the cache.
  init(lookingUp address: UInt, _ position: Position) {
    let inside = position == .afterCall && address > 0 ? address - 1 : address
    var symbol = runner_symbol()
    let isCode = runner_symbol_find(inside, &symbol)
    let path = symbol.object.map { String(cString: $0) }
    self.address = address
    object = path.map { $0 == "/proc/self/exe" ? Self.ownName : Self.fileName($0) }
    if let name = symbol.name {
      let mangled = String(cString: name)
      let name = FunctionName(mangled: mangled)
      (function, fullName, module) = (name.short, name.full, name.module)
      resumption = name.resumption
      isAsync = name.isAsync
      isThunkOfClosure = name.isThunkOfClosure
      role = Role(of: name, mangled: mangled, in: object)
    } else {
      let offset = String(isCode ? address - symbol.object_base : address, radix: 16)
      function = object.map { "\($0)+0x\(offset)" } ?? "0x\(offset)"
      fullName = function
      role = Role(ofCodeIn: object)
    }
    var found = runner_line()
    if isCode, runner_line_find(inside, &found), let file = found.file {
      let folder = found.folder.map { String(cString: $0) + "/" } ?? ""
      line = CodeLine(
        path: folder + String(cString: file), line: Int(found.line), column: Int(found.column))
    }
    defer { ToolCode.apply(to: &self) }
    guard let line, line.line > 0 else { return }
    let isOurs = line.path.contains("/CRunnerRuntime/") || line.path.contains("/RunnerCore/")
    if role == .program, module == nil, isOurs {
      // Names of C functions do not say whose they are.
      role = .library
    } else if role == .thunk, !isOurs {
      // A thunk itself has no lines: in optimized code, this is the function that it leads to.
      role = .program
      isThunkOfClosure = true
    }
  }

  private static func fileName(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  /// The name of the program's own file.
  private static let ownName = fileName(CommandLine.arguments.first ?? "program")
}

extension CodeFrame.Role {
  /// What sanitizers put between the program and the C library.
  private static let sanitizerPrefixes = [
    "__interceptor_", "___interceptor_", "__asan_", "__tsan_", "__sanitizer_",
  ]

  private static let runtimeModules: Set<String> = [
    "Swift", "_Concurrency", "_StringProcessing", "Synchronization", "Dispatch", "Glibc",
  ]

  /// Whether a Swift module is the program's.
  static func isProgram(_ module: String) -> Bool {
    module != "RunnerCore" && !runtimeModules.contains(module)
  }

  fileprivate init(of name: FunctionName, mangled: String, in object: String?) {
    if name.isThunk {
      self = .thunk
    } else if let module = name.module {
      self =
        module == "RunnerCore"
        ? .library : Self.runtimeModules.contains(module) ? .runtime : .program
    } else if mangled.hasPrefix("runner_") {
      self = .library
    } else if mangled.hasPrefix("swift_") || mangled.hasPrefix("_swift_")
      || mangled.contains("5swift") || mangled.hasPrefix("_dispatch_")
      || Self.sanitizerPrefixes.contains(where: mangled.hasPrefix)
    {
      self = .runtime
    } else {
      self = Self(ofCodeIn: object)
    }
  }

  fileprivate init(ofCodeIn object: String?) {
    let isRuntime =
      object.map { object in
        ["libswift", "libdispatch", "linux-vdso", "libc.", "libc-", "ld-linux", "libpthread"]
          .contains { object.hasPrefix($0) }
      } ?? false
    self = isRuntime ? .runtime : .program
  }
}
