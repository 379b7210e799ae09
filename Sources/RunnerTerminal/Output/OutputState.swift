/// Who may write to the terminal now, and what waits to be written.
///
/// Bytes are counted as they come and as they leave, so that a writer can wait until its own are out.
struct OutputState: Sendable {
  /// The only one that writes to the terminal.
  enum Owner: Hashable, Sendable {
    /// Followed by `.writer` or `.editor`.
    case nobody
    /// A thread that empties the queue; followed by `.nobody`.
    case writer
    /// The thread that edits a line; followed by `.nobody`.
    case editor
  }

  /// Where a status stands.
  enum Place: Hashable, Sendable {
    /// In the line where the next output goes, from its start.
    case inLine
    /// In the line below the cursor, which stays where it is.
    case below
  }

  /// More than this makes writers wait.
  static let limit = 1 << 16

  private(set) var owner = Owner.nobody
  private(set) var endsAtLineStart = true
  /// The same after all that was accepted, written or not.
  private var willEndAtLineStart = true
  private var isEditorWaiting = false
  /// Where a status stands, if one does.
  private(set) var status: Place?
  private var queue: [UInt8] = []
  /// Cleans what goes to the terminal while no line is edited; nil leaves it as it is.
  private var sanitizer: StreamSanitizer?
  private var accepted: UInt64 = 0
  private var taken: UInt64 = 0
  private var written: UInt64 = 0

  init(sanitizes: Bool = false) {
    sanitizer = sanitizes ? StreamSanitizer() : nil
  }

  var isFull: Bool { queue.count >= Self.limit }

  /// Adds bytes, on a line of their own if asked; the number is for `isDone`.
  mutating func append(_ bytes: [UInt8], onOwnLine: Bool = false) -> UInt64 {
    let bytes = onOwnLine && !willEndAtLineStart ? [0x0A] + bytes : bytes
    willEndAtLineStart = Self.endsAtLineStart(bytes) ?? willEndAtLineStart
    queue += bytes
    accepted += UInt64(bytes.count)
    return accepted
  }

  /// Notes that a person has ended the line.
  mutating func lineWasEntered() {
    endsAtLineStart = true
    willEndAtLineStart = true
  }

  /// Whether a writer need not wait longer: its bytes are out, or the editor will show them.
  func isDone(_ ticket: UInt64) -> Bool {
    written >= ticket || owner == .editor
  }

  /// Makes the caller the one that empties the queue; false when there is another owner already.
  mutating func becomeWriter() -> Bool {
    guard owner == .nobody, !isEditorWaiting else { return false }
    owner = .writer
    return true
  }

  /// Gives the owning writer its next bytes, or ends its ownership: an editor that waits goes first.
  mutating func nextForWriter() -> [UInt8]? {
    written = taken
    guard !isEditorWaiting, !queue.isEmpty else {
      owner = .nobody
      return nil
    }
    let taken = take()
    let bytes = sanitizer?.clean(taken) ?? taken
    endsAtLineStart = Self.endsAtLineStart(bytes) ?? endsAtLineStart
    return takeStatus() + bytes
  }

  /// Makes the caller the writer of a status, or of its end, and returns what it writes; nil when there is
  /// nothing to do, or no place for it now.
  mutating func beginStatus(_ text: String?, _ place: Place = .inLine) -> [UInt8]? {
    guard text != nil || status != nil, endsAtLineStart, queue.isEmpty, becomeWriter() else {
      return nil
    }
    let erasure = takeStatus()
    guard let text else { return erasure }
    status = place
    switch place {
    // What was typed until now stands there too.
    case .inLine: return Self.lineErasure + Array(text.utf8)
    case .below: return erasure + Self.lineBelow + Array(text.utf8) + Self.backToCursor
    }
  }

  /// What takes the status away that is shown, if one is.
  mutating func takeStatus() -> [UInt8] {
    defer { status = nil }
    switch status {
    case nil: return []
    case .inLine: return Self.lineErasure
    case .below: return Self.erasureBelow
    }
  }

  private static let lineErasure = Array("\r\u{1B}[K".utf8)
  /// What follows the cursor: it stands behind what was typed, or at the start of the status after Return.
  private static let erasureBelow = Array("\u{1B}[J".utf8)
  /// Makes room below the cursor, at the end of the screen too, remembers the cursor, and goes there.
  private static let lineBelow = Array("\u{1B}D\u{1B}[A\u{1B}7\r\u{1B}[B".utf8)
  private static let backToCursor = Array("\u{1B}8".utf8)

  /// What has to be written before an editor paints: no status, and no style of what came last.
  mutating func takeEnd() -> [UInt8] {
    takeStatus() + (sanitizer?.end() ?? [])
  }

  /// Makes the caller the editor; false while a writer is at work.
  mutating func becomeEditor() -> Bool {
    precondition(owner != .editor, "readLine is called by one thread at a time.")
    isEditorWaiting = owner == .writer
    guard owner == .nobody else { return false }
    owner = .editor
    // It begins in a line of its own.
    willEndAtLineStart = Self.endsAtLineStart(queue) ?? true
    return true
  }

  /// Gives the editor what came since the last time.
  mutating func takeForEditor() -> [UInt8] {
    written = taken
    return take()
  }

  mutating func endEditing() {
    written = taken
    endsAtLineStart = true
    willEndAtLineStart = Self.endsAtLineStart(queue) ?? true
    owner = .nobody
  }

  /// Puts bytes that the editor took and did not show before all others.
  mutating func giveBack(_ bytes: [UInt8]) {
    queue = bytes + queue
  }

  private mutating func take() -> [UInt8] {
    let bytes = queue
    queue = []
    taken = accepted
    return bytes
  }

  /// Whether the cursor is at the start of an empty line after these bytes; nil when they don't move it.
  private static func endsAtLineStart(_ bytes: [UInt8]) -> Bool? {
    var rest = bytes[...]
    while rest.last == UInt8(ascii: "m"), let escape = rest.lastIndex(of: 0x1B),
      rest[(escape + 1)...].first == UInt8(ascii: "["),
      rest[(escape + 2)...].dropLast().allSatisfy({ (0x30...0x3B).contains($0) })
    {
      rest = rest[..<escape]
    }
    return rest.last.map { $0 == 0x0A }
  }
}
