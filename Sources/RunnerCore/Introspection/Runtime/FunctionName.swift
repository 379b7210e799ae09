internal import CRunnerRuntime
private import Glibc

/// A function's name in two lengths, taken from what the compiler calls it.
package struct FunctionName: Hashable, Sendable {
  /// Where in an async function a part of it begins.
  package enum Resumption: Hashable, Sendable {
    /// After the call of an async function has returned.
    case await(Int)
    /// After a suspension that is no call: a hop to another executor, a wait for a child.
    case suspend(Int)
  }

  /// Without types and module: `Store.fetch(_:retries:)`, `closure #1 in handler()`.
  package var short: String

  /// As Swift spells it, without what says that it is a part or a thunk.
  package var full: String

  package var module: String?
  package var resumption: Resumption?

  /// Whether it is an async function.
  package var isAsync = false

  /// Whether the compiler made it to get from one function to another.
  package var isThunk: Bool

  /// Whether it is a thunk made for one closure, after which it is called here: in optimized code the
  /// closure itself is often part of it.
  package var isThunkOfClosure = false

  package init(mangled: String) {
    guard mangled.hasPrefix("$s") || mangled.hasPrefix("$S") || mangled.hasPrefix("$e"),
      let text = runner_demangle(mangled)
    else {
      if let name = Self.name(inCPlusPlus: mangled) {
        self.init(short: name, full: name, module: nil, resumption: nil, isThunk: false)
        return
      }
      let (name, resumption) = Self.cut(asyncPartOf: mangled)
      self.init(
        short: name, full: name, module: nil, resumption: resumption, isThunk: false)
      return
    }
    defer { free(text) }
    self.init(demangled: String(cString: text))
  }

  private init(
    short: String, full: String, module: String?, resumption: Resumption?, isThunk: Bool
  ) {
    (self.short, self.full, self.module) = (short, full, module)
    (self.resumption, self.isThunk) = (resumption, isThunk)
    isAsync = resumption != nil
  }

  /// Reads a name as `swift demangle` prints it.
  package init(demangled: String) {
    var rest = Substring(demangled)
    resumption = Self.takeResumption(&rest)
    if let suffix = rest.firstRange(of: " with unmangled suffix ") {
      rest = rest[..<suffix.lowerBound]
    }
    var isThunk = false
    while Self.takePrefix(&rest, isThunk: &isThunk) {}
    self.isThunk = isThunk
    if isThunk, let conformance = rest.firstRange(of: " in conformance ") {
      rest = rest[..<conformance.lowerBound]
    }
    full = String(rest)
    if demangled.contains(Self.reabstraction) {
      if let closure = Self.closure(in: demangled) {
        let name = FunctionName(demangled: String(closure))
        (short, full, module, isAsync) = (name.short, name.full, name.module, true)
        self.isThunk = false
        isThunkOfClosure = true
        return
      }
      // It converts between two conventions of calling, and belongs to no function.
      short = "reabstraction thunk"
      return
    }
    let parts = NameScanner.split(rest, at: " in ")
    var names: [String] = []
    for (index, part) in parts.enumerated() {
      let name = NameScanner(part)
      names.append(name.short)
      if index == parts.count - 1 { module = name.module }
    }
    short = names.joined(separator: " in ")
    isAsync =
      resumption != nil
      || (parts.first.map { NameScanner.split($0, at: " async").count > 1 } ?? false)
  }

  /// `(2) await resume partial function for `, and the same with `suspend`.
  private static func takeResumption(_ rest: inout Substring) -> Resumption? {
    guard rest.first == "(", let close = rest.firstIndex(of: ")"),
      let number = Int(rest[rest.index(after: rest.startIndex)..<close])
    else { return nil }
    let after = rest[rest.index(after: close)...]
    let kinds: [(String, (Int) -> Resumption)] = [
      (" await resume partial function for ", Resumption.await),
      (" suspend resume partial function for ", Resumption.suspend),
    ]
    for (prefix, resumption) in kinds where after.hasPrefix(prefix) {
      rest = after.dropFirst(prefix.count)
      return resumption(number)
    }
    return nil
  }

  /// The same of a name that is not Swift's: `async_MainTQ1_`.
  private static func cut(asyncPartOf mangled: String) -> (String, Resumption?) {
    guard mangled.hasPrefix("async_Main") else { return (mangled, nil) }
    let suffix = mangled.dropFirst("async_Main".count)
    // Parts are counted from 0 in symbols.
    let number = suffix.dropFirst(2).prefix { $0.isNumber }
    let index = Int(number).map { $0 + 1 } ?? (number.isEmpty ? 0 : nil)
    guard suffix.hasSuffix("_"), let index else { return ("top-level code", nil) }
    if suffix.hasPrefix("TQ") { return ("top-level code", .await(index)) }
    if suffix.hasPrefix("TY") { return ("top-level code", .suspend(index)) }
    return ("top-level code", nil)
  }

  /// The plain name in a C++ symbol: `_ZN5swift12AsyncContextC1Ev` is `swift::AsyncContext`.
  private static func name(inCPlusPlus mangled: String) -> String? {
    guard mangled.hasPrefix("_Z") else { return nil }
    var rest = mangled.dropFirst(2)
    while let first = rest.first, !first.isNumber {
      // Local, nested and qualified names begin with one letter each; other things are no
      // functions.
      guard "LNKVrS".contains(first) || first == "t" else { return nil }
      rest = rest.dropFirst()
    }
    var parts: [Substring] = []
    while let digits = Optional(rest.prefix { $0.isNumber }), let length = Int(digits),
      length > 0, rest.count >= digits.count + length
    {
      let part = rest.dropFirst(digits.count).prefix(length)
      parts.append(part == "_GLOBAL__N_1" ? "(anonymous)" : part)
      rest = rest.dropFirst(digits.count + length)
    }
    return parts.isEmpty ? nil : parts.joined(separator: "::")
  }

  /// The closure that a thunk was specialized for, in a whole program that is optimized.
  private static func closure(in demangled: String) -> Substring? {
    // The second one is printed without the bracket that would close it.
    for (begin, end) in [
      ("[Constant Propagated Function : ", "]"), ("[Closure Propagated : ", ", "),
    ] {
      guard let start = demangled.firstRange(of: begin)?.upperBound else { continue }
      let parts = NameScanner.split(demangled[start...], at: end, limit: 2)
      if parts.count == 2 { return parts[0] }
    }
    return nil
  }

  private static let reabstraction = "reabstraction thunk helper "
  private static let thunks = [
    "partial apply forwarder for ", "partial apply ObjC forwarder for ", "protocol witness for ",
    "dispatch thunk of ", "vtable thunk for ", "curry thunk of ", "distributed thunk ",
    "back deployment thunk for ", "async function pointer to ", "override ",
    reabstraction, "thunk for ", "outlined ",
  ]
  private static let markers = [
    "merged ", "@objc ", "@nonobjc ", "dynamically replaceable ", "async ",
  ]
  private static let specializations = [
    "generic specialization <", "generic partial specialization <",
    "generic not re-abstracted specialization <", "generic pre-specialization <",
    "function signature specialization <", "closure specialization <",
  ]

  private static func takePrefix(_ rest: inout Substring, isThunk: inout Bool) -> Bool {
    for prefix in thunks where rest.hasPrefix(prefix) {
      rest = rest.dropFirst(prefix.count)
      isThunk = true
      return true
    }
    for prefix in markers where rest.hasPrefix(prefix) {
      rest = rest.dropFirst(prefix.count)
      return true
    }
    if specializations.contains(where: rest.hasPrefix) {
      // A propagated closure is printed without the bracket that would close it, so that brackets say
      // nothing here. What was specialized, perhaps more than once, comes last.
      let whole = rest
      while let of = rest.firstRange(of: "> of ") { rest = rest[of.upperBound...] }
      return rest.startIndex != whole.startIndex
    }
    return false
  }
}
