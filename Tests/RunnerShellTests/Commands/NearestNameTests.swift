import RunnerCore
import RunnerShell
import Testing

@Suite struct NearestNameTests {
  @Test(arguments: [
    ("pss", "ps"), ("cancle", "cancel"), ("hlep", "help"), ("STRAT", "start"),
    ("runnrs", "runners"),
  ])
  func `a slip finds the name`(text: String, name: String) {
    #expect(NearestName.of(text, in: CommandRegistry.standard.names) == name)
  }

  @Test(arguments: ["frobnicate", "zz", "", "psssssssssssssssss"])
  func `what is far from every name finds none`(text: String) {
    #expect(NearestName.of(text, in: CommandRegistry.standard.names) == nil)
  }
}
