import Foundation
import Synchronization

/// Ends the process in good order when it is asked to stop: by Ctrl-C, or by a scheduler.
///
/// A signal only notes that it came and sets an alarm of a second. Work that looks at `isRequested` ends
/// itself until then; all other is ended by the alarm. No thread waits for signals, because there may be
/// none to be had.
enum Interruption {
  private static let signals = [SIGINT, SIGTERM, SIGHUP]
  // These are read where signals are handled, which may neither lock nor allocate.
  private static let wasRequested = Atomic(false)
  private static let wasSaid = Atomic(false)
  private static let message = Atomic(UInt(0))
  private static let handled = Mutex<[Int32]>([])

  /// Whether a signal has come since `begin`.
  static var isRequested: Bool { wasRequested.load(ordering: .relaxed) }

  /// From now on a signal ends the process with code 3.
  ///
  /// A signal that was ignored before, as by `nohup`, stays so.
  static func begin(_ text: String) {
    wasRequested.store(false, ordering: .relaxed)
    wasSaid.store(false, ordering: .relaxed)
    message.store(UInt(bitPattern: strdup("\n\(text)\n")), ordering: .relaxed)
    let numbers = signals.filter { !isIgnored($0) }
    handled.withLock { $0 = numbers }
    signal(SIGALRM) { _ in Interruption.expire() }
    for number in numbers { signal(number) { _ in Interruption.request() } }
    // Who started the process may have blocked them for itself.
    var unblocked = sigset_t()
    sigemptyset(&unblocked)
    for number in numbers + [SIGALRM] { sigaddset(&unblocked, number) }
    pthread_sigmask(SIG_UNBLOCK, &unblocked, nil)
  }

  /// Signals end the process at once again.
  static func end() {
    for number in handled.withLock({ $0 }) { signal(number, SIG_DFL) }
    alarm(0)
    signal(SIGALRM, SIG_DFL)
    free(UnsafeMutablePointer<CChar>(bitPattern: message.exchange(0, ordering: .relaxed)))
  }

  /// Ends a process that was asked to stop and has saved its work.
  static func leave() -> Never {
    if !wasSaid.exchange(true, ordering: .relaxed), let text = messageText {
      StandardError.write(String(cString: text))
    }
    _exit(3)
  }

  private static func request() {
    guard !wasRequested.exchange(true, ordering: .relaxed) else { return }
    alarm(1)
  }

  private static func expire() {
    var place = pollfd(fd: STDERR_FILENO, events: Int16(POLLOUT), revents: 0)
    // Whoever reads what is said may read no more, and must not keep the process.
    if !wasSaid.exchange(true, ordering: .relaxed), poll(&place, 1, 0) == 1, let text = messageText
    {
      _ = Foundation.write(STDERR_FILENO, text, strlen(text))
    }
    // Other threads are in the middle of runs: nothing of theirs is to be torn down.
    _exit(3)
  }

  private static var messageText: UnsafePointer<CChar>? {
    UnsafePointer(bitPattern: message.load(ordering: .relaxed))
  }

  private static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    guard sigaction(number, nil, &action) == 0 else { return false }
    #if canImport(Glibc)
    let handler = action.__sigaction_handler.sa_handler
    #else
    let handler = action.__sigaction_u.__sa_handler
    #endif
    return unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }
}

/// Work was saved, and more is to be done: exit code 3.
struct Interrupted: Error {
  let description: String
}
