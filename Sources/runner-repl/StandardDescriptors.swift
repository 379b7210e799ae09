import Glibc

/// The descriptors 0, 1 and 2, which a process may be started without.
enum StandardDescriptors {
  /// Puts `/dev/null` where one is closed, so that no pipe or socket of ours takes its number.
  ///
  /// A closed standard output goes on to refuse what is written to it, so that nothing is lost unnoticed.
  static func fill() {
    for descriptor: Int32 in 0...2 where fcntl(descriptor, F_GETFD) == -1 {
      // The lowest free number is the one that is missing.
      _ = open("/dev/null", descriptor == STDERR_FILENO ? O_WRONLY : O_RDONLY)
    }
  }
}
