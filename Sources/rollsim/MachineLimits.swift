import Foundation

/// What a process is allowed, which ends in a message where it is too little.
enum MachineLimits {
  /// A limit of the process is below what the program needs.
  struct TooLow: Error {
    let description: String
  }

  /// The program, its libraries and a small experiment on two threads, with some to spare [B].
  private static let memory: rlim_t = 128 << 20

  /// A pipe that is closed, or a file that may not grow, is told of by what was to be written.
  static func ignoreSignals() {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
  }

  /// Makes sure that there is memory to work in: where it ends, nothing can be said any more.
  static func check() throws(TooLow) {
    guard allowed < memory else { return }
    throw TooLow(
      description:
        "the limit of memory (ulimit -v) is \(allowed >> 10) kB; expected at least "
        + "\(memory >> 10) kB")
  }

  /// Whether there is room for a thread that is not needed: the C library sets 64 MB aside for each.
  static var haveRoomToSpare: Bool { allowed >= 4 * memory }

  /// The memory that the process may have [B].
  private static var allowed: rlim_t {
    var limit = rlimit()
    let isKnown = getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0
    return isKnown ? limit.rlim_cur : .max
  }
}
