/// What an object file asks the linker for; Swift writes it into a section of its own.
///
/// The toolchain's program that reads it is the compiler once more, which takes longer than linking.
enum AutolinkEntries {
  private static let section = ".swift1_autolink_entries"

  /// The names of the libraries, without `lib` and `.so`.
  static func libraries(of path: String) -> [String] {
    guard let bytes = FileReader.bytes(of: path), let content = find(section, in: bytes) else {
      return []
    }
    var libraries: [String] = []
    for entry in content.split(separator: 0) {
      let flag = String(decoding: entry, as: UTF8.self)
      guard flag.hasPrefix("-l") else { continue }
      let name = String(flag.dropFirst(2))
      if !libraries.contains(name) { libraries.append(name) }
    }
    return libraries
  }

  /// A section of a 64-bit ELF file of this machine's byte order.
  private static func find(_ name: String, in bytes: [UInt8]) -> ArraySlice<UInt8>? {
    bytes.withUnsafeBytes { file -> Range<Int>? in
      guard file.count >= 64, file.prefix(4).elementsEqual([0x7F, 0x45, 0x4C, 0x46]) else {
        return nil
      }
      func word(_ offset: Int) -> Int? {
        guard offset >= 0, offset <= file.count - 8 else { return nil }
        return Int(exactly: file.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      }
      func half(_ offset: Int) -> Int {
        Int(file.loadUnaligned(fromByteOffset: offset, as: UInt16.self))
      }
      let (size, count, namesIndex) = (half(58), half(60), half(62))
      guard let table = word(40), size >= 64, table >= 0, table <= file.count - size * count,
        namesIndex < count, let names = word(table + namesIndex * size + 24)
      else { return nil }
      for index in 0..<count {
        let header = table + index * size
        let nameOffset = Int(file.loadUnaligned(fromByteOffset: header, as: UInt32.self))
        let start = names + nameOffset
        guard start >= 0, start < file.count,
          file[start...].prefix(while: { $0 != 0 }).elementsEqual(name.utf8),
          let offset = word(header + 24), let length = word(header + 32),
          offset <= file.count, length <= file.count - offset
        else { continue }
        return offset..<offset + length
      }
      return nil
    }.map { bytes[$0] }
  }
}
