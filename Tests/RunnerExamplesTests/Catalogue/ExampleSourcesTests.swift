import Foundation
import Testing

@testable import RunnerExamples

@Suite struct ExampleSourcesTests {
  private let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  private let remedy: Comment =
    "ExampleSources.swift is out of date; run Scripts/regenerate-example-sources."

  @Test func `the sources are those of the files`() throws {
    let folder = root.appending(path: "Sources/RunnerExamples/Coroutines")
    var files = try FileManager.default.contentsOfDirectory(atPath: folder.path).map {
      folder.appending(path: $0)
    }
    files.append(root.appending(path: "Sources/RunnerCore/Combinators/Sleep.swift"))
    for file in files {
      let text = try String(contentsOf: file, encoding: .utf8)
      #expect(ExampleSources.files[file.lastPathComponent].map { $0 + "\n" } == text, remedy)
    }
    #expect(ExampleSources.files.count == files.count, remedy)
    #expect(CoroutineCatalogue.entries.count == files.count)
  }
}
