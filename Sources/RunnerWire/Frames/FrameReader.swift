package import FoundationEssentials
import Glibc

/// What a `FrameReader` found in the bytes that it was given.
package enum Frame: Hashable, Sendable {
  /// One line without its newline; never empty.
  case line(Data)
  /// A line that is longer than the limit; its bytes are dropped up to the next newline.
  case oversized
}

/// Cuts a stream of bytes into lines, without ever holding more than one line of the largest size.
///
/// Empty lines are skipped. An oversized line is reported once, as soon as it has passed the limit.
package struct FrameReader: Sendable {
  /// How many bytes a line may have, its newline not counted.
  package let limit: Int

  /// The beginning of a line whose newline has not come yet.
  private var partial = Data()

  /// Whether bytes are dropped up to the next newline.
  private var isSkipping = false

  package init(limit: Int = WireProtocol.maximumFrameSize) {
    self.limit = limit
  }

  /// Takes the next bytes of the stream and returns the lines that they complete.
  package mutating func receive(_ bytes: UnsafeRawBufferPointer) -> [Frame] {
    var frames: [Frame] = []
    var rest = bytes[...]
    while let newline = Self.newline(in: rest) {
      take(rest[..<newline], into: &frames)
      if !isSkipping, !partial.isEmpty { frames.append(.line(partial)) }
      partial = Data()
      isSkipping = false
      rest = rest[(newline + 1)...]
    }
    take(rest, into: &frames)
    return frames
  }

  /// Takes the next bytes of the stream and returns the lines that they complete.
  package mutating func receive(_ bytes: Data) -> [Frame] {
    bytes.withUnsafeBytes { receive($0) }
  }

  /// How many bytes of an unfinished line are held.
  package var heldBytes: Int { partial.count }

  private mutating func take(_ piece: Slice<UnsafeRawBufferPointer>, into frames: inout [Frame]) {
    guard !isSkipping, !piece.isEmpty else { return }
    if partial.count + piece.count > limit {
      partial = Data()
      isSkipping = true
      frames.append(.oversized)
    } else {
      let bytes = UnsafeRawBufferPointer(rebasing: piece).assumingMemoryBound(to: UInt8.self)
      partial.append(bytes)
    }
  }

  private static func newline(in bytes: Slice<UnsafeRawBufferPointer>) -> Int? {
    let piece = UnsafeRawBufferPointer(rebasing: bytes)
    guard let base = piece.baseAddress,
      let found = memchr(base, Int32(UInt8(ascii: "\n")), piece.count)
    else { return nil }
    return bytes.startIndex + (UnsafeRawPointer(found) - base)
  }
}
