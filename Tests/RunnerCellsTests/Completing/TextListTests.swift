import Glibc
import Testing

@testable import RunnerCells

@Suite(.timeLimit(.minutes(1))) struct TextListTests {
  private func sockets() -> (Int32, Int32) {
    var ends: [Int32] = [-1, -1]
    socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends)
    return (ends[0], ends[1])
  }

  @Test(arguments: [[], [""], ["one", "日本\n\0", ""]])
  func `a list arrives as it was sent`(texts: [String]) {
    let (near, far) = sockets()
    defer { for end in [near, far] { close(end) } }
    #expect(TextList.write(texts, to: near))
    #expect(TextList.write(["next"], to: near))
    #expect(TextList.read(from: far) == texts)
    #expect(TextList.read(from: far) == ["next"])
  }

  @Test(arguments: [[], [1, 0], [2, 0, 0, 0, 1, 0, 0, 0, 65], [1, 0, 0, 0, 255, 255, 255, 255]])
  func `half a list, or none, is no list`(bytes: [UInt8]) {
    let (near, far) = sockets()
    _ = bytes.withUnsafeBytes { write(near, $0.baseAddress, $0.count) }
    close(near)
    #expect(TextList.read(from: far) == nil)
    close(far)
  }

  @Test func `nobody who reads is no reason to die`() {
    let (near, far) = sockets()
    close(far)
    #expect(!TextList.write(["text"], to: near))
    close(near)
  }
}
