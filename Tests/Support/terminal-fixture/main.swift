import Foundation
import RunnerShell
import RunnerTerminal

// A program for tests: repeats each line it reads, in a way that shows every character. The verbs are in `Fixture`.
let environment = ProcessInfo.processInfo.environment
let history = History(environment: environment)
let assistant = FixtureAssistant()

let reader: any LineReader
if let editor = EditLineReader(
  program: "terminal-fixture", history: history, assistant: assistant,
  usesStyles: environment["NO_COLOR"] == nil)
{
  reader = editor
} else if let plain = PlainLineReader(assistant: assistant) {
  reader = plain
} else {
  exit(1)
}
let fixture = Fixture(reader)
if let warning = history.warning { reader.write(Array("\(warning)\n".utf8)) }
let signals =
  (reader as? EditLineReader).map { editor in
    SignalPump(.init(reader: editor) { fixture.interruptRun() })
  } ?? SignalPump(.init(interrupt: { reader.interrupt() }))
precondition(signals != nil)
exit(fixture.run())
