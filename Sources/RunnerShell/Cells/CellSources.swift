/// Lines of cells as well as of files, for stacks.
struct CellSources: SourceReader {
  let session: Session
  let files: any SourceReader

  func line(_ number: Int, of path: String) -> String? {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    if name.hasPrefix("cell-"), let cell = Int(name.dropFirst(5)),
      let line = session.withBook({ $0.line(number, of: cell) })
    {
      return line
    }
    return files.line(number, of: path)
  }
}
