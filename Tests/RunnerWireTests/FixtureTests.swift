import Foundation
import RunnerWire
import Testing

@Suite struct FixtureTests {
  @Test func `every message has a fixture and every fixture a message`() throws {
    #expect(try Fixtures.all().keys.sorted() == Samples.messages.keys.sorted())
  }

  @Test(arguments: Samples.messages.keys.sorted())
  func `a fixture is read as its message and written as the same bytes`(name: String) throws {
    let fixture = try #require(Fixtures.all()[name])
    let message = try WireCodec.decode(fixture)
    #expect(message == Samples.messages[name])
    #expect(try WireCodec.encode(message) == fixture)
  }

  @Test(arguments: Samples.messages.keys.sorted())
  func `the reference shows the fixture`(name: String) throws {
    let example = try #require(Fixtures.documented()[name])
    let fixture = try #require(Fixtures.all()[name])
    #expect(try Fixtures.value(of: example) == Fixtures.value(of: fixture))
  }

  @Test func `the reference shows nothing that is not a fixture`() throws {
    let documented = Set(try Fixtures.documented().keys)
    #expect(documented.subtracting(try Fixtures.all().keys).isEmpty)
  }

  @Test func `the samples use every call`() {
    #expect(Set(Samples.calls.map(\.1.name)) == Set(WireCall.Name.allCases))
  }
}
