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
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0,
      limit.rlim_cur < memory
    else { return }
    throw TooLow(
      description:
        "the limit of memory (ulimit -v) is \(limit.rlim_cur >> 10) kB; expected at least "
        + "\(memory >> 10) kB")
  }
}
