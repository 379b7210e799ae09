import Foundation

/// Starts a thread that nobody joins.
func startDetachedThread(_ body: @escaping @Sendable () -> Void) {
  Thread.detachNewThread(body)
}
