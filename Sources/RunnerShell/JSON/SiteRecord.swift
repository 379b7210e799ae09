package import RunnerCore

/// A place in source code in a document.
package struct SiteRecord: Encodable, Sendable {
  package var file: String
  package var line: Int
  package var function: String

  package init(_ site: SourceSite) {
    file = site.fileID
    line = site.line
    function = site.function
  }
}
