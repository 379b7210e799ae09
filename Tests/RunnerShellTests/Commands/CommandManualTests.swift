import RunnerShell
import Testing

@Suite struct CommandManualTests {
  private let lines = CommandManual.roff(.standard)

  @Test func `the manual page names each command, argument, flag and example`() {
    for command in CommandRegistry.standard.commands {
      #expect(lines.contains(".B \(RoffText.word(command.synopsis))"))
      for argument in command.arguments {
        #expect(lines.contains(RoffText.line(argument.meaning)))
      }
      for flag in command.allFlags {
        #expect(lines.contains(".B \(RoffText.word(flag.heading))"))
      }
      for example in command.examples {
        #expect(lines.contains { $0.hasSuffix(RoffText.line(example)) })
      }
    }
  }

  @Test func `a line of text never begins a request`() {
    #expect(RoffText.line(".so /etc/passwd") == "\\&.so /etc/passwd")
    #expect(RoffText.line("'br") == "\\(aqbr")
  }

  @Test func `backslashes, dashes and quotes come out as they were written`() {
    #expect(RoffText.line("a\\n --x 'y' `z`") == "a\\en \\-\\-x \\(aqy\\(aq \\(gaz\\(ga")
    #expect(RoffText.word("say \"x\"") == "\"say \\(dqx\\(dq\"")
  }
}
