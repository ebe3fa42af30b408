import Foundation

/// Where messages and progress go; results go to standard output.
///
/// A message that cannot be written is lost: it must not end the work that it is about.
enum StandardError {
  /// Writes text as it is.
  static func write(_ text: String) { _ = Descriptor.write(text, to: STDERR_FILENO) }

  /// Says a line, unless all is to be quiet.
  static func say(_ line: String, unless isQuiet: Bool = false) {
    if !isQuiet { write(line + "\n") }
  }
}

/// Prints a line of results.
///
/// Stands in for Swift's function of this name, which does not tell that a disk is full.
func print(_ line: String, terminator: String = "\n") {
  let code = Descriptor.write(line + terminator, to: STDOUT_FILENO)
  guard code != 0 else { return }
  if code == EPIPE {
    // Whoever reads has read enough, as 'head' does: the usual end, without a word.
    signal(SIGPIPE, SIG_DFL)
    raise(SIGPIPE)
  }
  StandardError.say("error: cannot write to standard output: \(String(cString: strerror(code)))")
  exit(2)
}

/// The descriptors that a process begins with.
enum Descriptor {
  /// Makes sure that each of the three is open: a file that is opened later would else have its number,
  /// and messages would be written into it.
  static func openStandard() {
    for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO]
    where fcntl(descriptor, F_GETFD) < 0 {
      // What is printed must fail all the same; what is said is lost.
      _ = open("/dev/null", descriptor == STDERR_FILENO ? O_WRONLY : O_RDONLY)
    }
  }

  /// Writes text.
  ///
  /// - Returns: why it could not, as a number of the system; 0 if it could.
  static func write(_ text: String, to descriptor: Int32) -> Int32 {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        Foundation.write(descriptor, $0.baseAddress, $0.count)
      }
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if errno == EAGAIN {
        var writable = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&writable, 1, -1)
      } else if errno != EINTR {
        return errno
      }
    }
    return 0
  }
}
