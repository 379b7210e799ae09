import RunnerWorker
import Testing

@Suite struct MemoryLimitTests {
  @Test(
    arguments: [
      ("512MiB", 512 << 20, "512 MiB"), ("2GiB", 2 << 30, "2 GiB"), ("2 GiB", 2 << 30, "2 GiB"),
      ("1024MiB", 1 << 30, "1 GiB"), ("1536MiB", 1536 << 20, "1536 MiB"),
      ("256MiB", 256 << 20, "256 MiB"), ("1GB", 953 << 20, "953 MiB"),
      ("512 MB", 488 << 20, "488 MiB"),
    ] as [(String, UInt64, String)])
  func `a limit is read and written as a person writes it`(
    text: String, bytes: UInt64, written: String
  ) throws {
    let limit = try #require(MemoryLimit(text))
    #expect(limit.bytes == bytes)
    #expect(limit.text == written)
    #expect(MemoryLimit(written) == limit)
  }

  @Test(arguments: [
    "", "MiB", "512", "512mB", "200MB", "512mib", "-1GiB", "1.5GiB", "0GiB", "255MiB",
    "99999999GiB",
    "18446744073709551616MiB", "2GiB more", "²GiB",
  ])
  func `what is no limit, or too small a one for a compiler, is refused`(text: String) {
    #expect(MemoryLimit(text) == nil)
  }

  @Test func `without one three quarters of the memory are the limit`() {
    #expect(MemoryLimit.standard.bytes >= 256 << 20)
  }
}
