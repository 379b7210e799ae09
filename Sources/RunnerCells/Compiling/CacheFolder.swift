internal import Glibc

/// Where things are kept from one session to the next.
enum CacheFolder {
  /// The user's folder for this program, made if need be; `nil` where none can be.
  static func path(environment: [String: String]) -> String? {
    let named = environment["XDG_CACHE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
    let home = environment["HOME"].flatMap { $0.hasPrefix("/") ? $0 + "/.cache" : nil }
    guard let parent = named ?? home else { return nil }
    let path = parent + "/runner-repl"
    for folder in [parent, path] where mkdir(folder, 0o700) != 0 && errno != EEXIST { return nil }
    return access(path, W_OK) == 0 ? path : nil
  }
}
