internal import CEditLine
internal import Glibc

/// What libedit asks of the editor; called on the thread of `EditLine.readLine`.
protocol EditLineDelegate: AnyObject {
  /// Returns the next character, or why there is none.
  func nextCharacter() -> EditLine.Input
  /// Runs the command of a private key.
  func run(_ key: EditorKey) -> EditLine.CommandResult
  /// Runs the command of a key of vi's command mode that is ours.
  func run(vi key: Unicode.Scalar) -> EditLine.CommandResult
}

/// libedit with its painter looking at /dev/null: it edits, keeps the key maps and sets the terminal's modes.
///
/// Used by one thread. Its memory errors are fenced off by `guardMemory`, called before every key.
final class EditLine {
  enum Input: Hashable {
    case character(UInt32)
    case endOfInput, interrupted
  }

  enum CommandResult: Hashable {
    case normal, acceptLine, changed, moved, refused
    /// What follows belongs to the command; a count that was given stays.
    case goesOn
  }

  weak var delegate: (any EditLineDelegate)?
  private(set) var handle: OpaquePointer?
  /// The keys of vi's command mode that are ours.
  var ownViKeys: Set<Unicode.Scalar> = []
  /// Whether the command that runs was called in vi's command mode.
  private(set) var isInCommandMode = false
  /// libedit's own insertion keeps its painter in step; anything else makes it need a refresh.
  private var lastKeyWasInsertion = false
  /// Whether a key of a person is part of this line.
  private var hasRead = false
  private var isDropping = false
  /// How many commands of ours have run since a key was read that nobody had pushed.
  private var commandsWithoutKey = 0
  /// More come of no key: what vi's `.` repeats has come back to itself.
  private static let mostCommandsWithoutKey = 10_000
  /// libedit asks for the size of the terminal when a line begins.
  private var isSizePretended = false

  init?(program: String, terminal: Terminal) {
    let context = Unmanaged.passUnretained(self).toOpaque()
    handle = cedit_open(
      program, terminal.input, terminal.output, context,
      { context, character in EditLine.from(context)?.read(into: character) ?? 0 },
      { context, key, isInCommandMode in
        EditLine.from(context)?.command(UInt32(key), isInCommandMode) ?? 0
      })
    guard handle != nil else { return nil }
    cedit_history_limit(handle, Int32(History.limit))
  }

  deinit {
    if let handle { cedit_close(handle) }
  }

  /// Whether the user has chosen vi's keys.
  var isVi: Bool { cedit_is_vi(handle) }

  /// Edits one line in raw mode; returns it if a key binding that is not ours accepted it.
  func readLine() -> [Unicode.Scalar]? {
    lastKeyWasInsertion = false
    hasRead = false
    isSizePretended = false
    dropPushed()
    // At the start of a line libedit inserts without an insertion having begun: what vi's `.` would repeat then is
    // executed as commands, among them a `.` of the text, without end.
    if isVi { push("\u{1B}\(ViKeys.pressing("i"))") }
    var count: Int32 = 0
    guard let start = cedit_read_line(handle, &count), count > 0 else { return nil }
    return Self.scalars(start, Int(count))
  }

  /// Drops what was pushed and not read: when a line has ended, as by a `.` of vi's that repeats Return, it would be
  /// executed before all else, and may begin the same again.
  private func dropPushed() {
    isDropping = true
    while readKey() != nil {}
    isDropping = false
  }

  /// Reads a further key within a command; nil when the line is over.
  func readKey() -> UInt32? {
    var character = wchar_t(0)
    guard cedit_read_character(handle, &character) else { return nil }
    return UInt32(bitPattern: character)
  }

  /// Lets libedit read these characters before further input, after those that were pushed before.
  func push(_ text: String) {
    cedit_push(handle, Self.wide(text.unicodeScalars))
  }

  func push(code: UInt32) {
    cedit_push(handle, [wchar_t(bitPattern: code), 0])
  }

  // MARK: - The line

  var text: LineText {
    let (start, count, cursor) = buffer
    guard let start else { return LineText(scalars: [], cursor: 0) }
    return LineText(scalars: Self.scalars(start, count), cursor: min(max(cursor, 0), count))
  }

  func insert(_ text: some Sequence<Unicode.Scalar>) {
    // libedit's strings end with NUL, and it refuses an empty one.
    let wide = Self.wide(text.filter { $0.value != 0 })
    if wide.count > 1 { cedit_insert(handle, wide) }
    lastKeyWasInsertion = false
  }

  /// Puts the cursor at a place of the text.
  func move(to place: Int) {
    cedit_move(handle, Int32(place - buffer.cursor))
  }

  /// Deletes from a place before the cursor up to the cursor.
  func delete(from place: Int) {
    cedit_delete_before(handle, Int32(buffer.cursor - place))
    lastKeyWasInsertion = false
  }

  func replace(with text: LineText) {
    move(to: buffer.count)
    delete(from: 0)
    insert(text.scalars)
    move(to: text.cursor)
  }

  /// Keeps libedit's cursor and painter inside their memory; free, since the painter writes to /dev/null.
  func guardMemory() {
    cedit_clamp_cursor(handle)
    if !lastKeyWasInsertion { cedit_refresh(handle) }
  }

  /// Sets the terminal's modes: for editing, or as they were found.
  func setEditingMode(_ isOn: Bool) {
    cedit_set_editing_mode(handle, isOn)
  }

  // MARK: - History

  /// Gives entries to libedit's own history commands, such as vi's `k`.
  func enterHistory(_ entries: [String]) {
    for entry in entries { cedit_history_enter(handle, Self.wide(entry.unicodeScalars)) }
  }

  func removeFromHistory(_ entry: String) {
    cedit_history_remove(handle, Self.wide(entry.unicodeScalars))
  }

  // MARK: - Callbacks

  private static func from(_ context: UnsafeMutableRawPointer?) -> EditLine? {
    context.map { Unmanaged<EditLine>.fromOpaque($0).takeUnretainedValue() }
  }

  private func read(into character: UnsafeMutablePointer<wchar_t>?) -> Int32 {
    commandsWithoutKey = 0
    if isDropping { return 0 }
    if !isSizePretended { pretendSize() }
    isSizePretended = true
    guardMemory()
    switch delegate?.nextCharacter() ?? .endOfInput {
    case .character(let code):
      hasRead = true
      character?.pointee = wchar_t(bitPattern: code)
      let isPlain = code >= 0x20 && code != 0x7F && !(0x80..<0xA0).contains(code)
      lastKeyWasInsertion = isPlain && !isVi
      return 1
    case .endOfInput: return 0
    case .interrupted: return -1
    }
  }

  private func command(_ code: UInt32, _ isInCommandMode: Bool) -> Int32 {
    self.isInCommandMode = isInCommandMode
    commandsWithoutKey += 1
    if commandsWithoutKey > Self.mostCommandsWithoutKey { dropPushed() }
    guard let delegate, commandsWithoutKey > 0 else { return Int32(CEDIT_ERROR.rawValue) }
    if isInCommandMode, code < 0x80, let key = Unicode.Scalar(code) {
      return Self.code(of: delegate.run(vi: key))
    }
    guard let key = EditorKey(rawValue: code) else { return Int32(CEDIT_ERROR.rawValue) }
    // What vi's `.` repeats can hold Return and `.` itself, and would go on for ever, line after line.
    if key == .enter, !hasRead { return Int32(CEDIT_FATAL.rawValue) }
    return Self.code(of: delegate.run(key))
  }

  private static func code(of result: CommandResult) -> Int32 {
    let code =
      switch result {
      case .normal: CEDIT_NORMAL
      case .acceptLine: CEDIT_NEWLINE
      case .changed: CEDIT_REFRESH
      case .moved: CEDIT_CURSOR
      case .refused: CEDIT_ERROR
      case .goesOn: CEDIT_GOES_ON
      }
    return Int32(code.rawValue)
  }

  private var buffer: (start: UnsafePointer<wchar_t>?, count: Int, cursor: Int) {
    var start: UnsafePointer<wchar_t>?
    var count = 0
    var cursor = 0
    cedit_line(handle, &start, &count, &cursor)
    return (start, count, cursor)
  }

  private static func scalars(
    _ start: UnsafePointer<wchar_t>, _ count: Int
  ) -> [Unicode.Scalar] {
    UnsafeBufferPointer(start: start, count: count).map {
      Unicode.Scalar(UInt32(bitPattern: $0)) ?? "\u{FFFD}"
    }
  }

  private static func wide(_ scalars: some Sequence<Unicode.Scalar>) -> [wchar_t] {
    scalars.map { wchar_t(bitPattern: $0.value) } + [0]
  }
}
