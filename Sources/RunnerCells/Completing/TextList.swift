internal import Glibc

/// Lists of texts as they travel through a socket: their number, then each with its length before it.
enum TextList {
  /// More than this is no list of ours.
  static let limit = 1 << 24

  static func bytes(of texts: [String]) -> [UInt8] {
    texts.reduce(into: bytes(of: texts.count)) { bytes, text in
      bytes += Self.bytes(of: text.utf8.count) + Array(text.utf8)
    }
  }

  /// Reads one list; `nil` at its end, and for what is none.
  static func read(from descriptor: Int32) -> [String]? {
    guard let count = readNumber(descriptor) else { return nil }
    var texts: [String] = []
    var size = 0
    for _ in 0..<count {
      guard let length = readNumber(descriptor) else { return nil }
      size += length
      guard size <= limit, let bytes = readBytes(length, descriptor) else { return nil }
      texts.append(String(decoding: bytes, as: UTF8.self))
    }
    return texts
  }

  /// Writes one list; returns false when nobody reads any more.
  static func write(_ texts: [String], to descriptor: Int32) -> Bool {
    var rest = bytes(of: texts)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if count > 0 { rest = rest.dropFirst(count) }
      if count < 0, errno != EINTR { return false }
    }
    return true
  }

  private static func bytes(of number: Int) -> [UInt8] {
    withUnsafeBytes(of: UInt32(number).littleEndian, Array.init)
  }

  private static func readNumber(_ descriptor: Int32) -> Int? {
    guard let bytes = readBytes(4, descriptor) else { return nil }
    let number = bytes.reversed().reduce(0) { $0 << 8 | Int($1) }
    return number <= limit ? number : nil
  }

  private static func readBytes(_ size: Int, _ descriptor: Int32) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: size)
    var taken = 0
    while taken < size {
      let count = bytes.withUnsafeMutableBytes {
        Glibc.read(descriptor, $0.baseAddress?.advanced(by: taken), size - taken)
      }
      if count > 0 { taken += count }
      if count == 0 || (count < 0 && errno != EINTR) { return nil }
    }
    return bytes
  }
}
