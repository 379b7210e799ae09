import Foundation
import RunnerShell
import RunnerTerminal

// A program for tests: repeats each line it reads, in a way that shows every character. The verbs are in `Fixture`.
let environment = ProcessInfo.processInfo.environment
let history = History(environment: environment)
let assistant = FixtureAssistant()

let fixture: Fixture
let signals: SignalPump?
if let editor = EditLineReader(
  program: "terminal-fixture", history: history, assistant: assistant,
  completionPatience: .seconds(1),
  usesStyles: environment["NO_COLOR"] == nil)
{
  fixture = Fixture(editor, assistant)
  signals = SignalPump(.init(reader: editor) { fixture.interruptRun() })
} else if let plain = PlainLineReader(assistant: assistant) {
  fixture = Fixture(plain, assistant)
  signals = SignalPump(.init(reader: plain) { fixture.interruptRun() })
} else {
  exit(1)
}
if let warning = history.warning { fixture.write("\(warning)\n") }
precondition(signals != nil)
exit(fixture.run())
