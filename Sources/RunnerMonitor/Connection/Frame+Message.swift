import RunnerWire

extension Frame {
  /// The message that the frame holds, or what is wrong with it.
  func message(limit: Int) -> Result<WireMessage, WireError> {
    switch self {
    case .oversized: .failure(.oversized(limit: limit))
    case .line(let line): Result { () throws(WireError) in try WireCodec.decode(line) }
    }
  }
}
