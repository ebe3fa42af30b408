import Dispatch
import Foundation
import Synchronization

/// Ends the process in good order when it is asked to stop: by Ctrl-C, or by a scheduler.
final class Interruption: Sendable {
  private let sources: Mutex<[(number: Int32, source: any DispatchSourceSignal)]>
  private static let signals = [SIGINT, SIGTERM, SIGHUP]

  /// From now on a signal ends the process with code 3, after `body` has saved what there is.
  ///
  /// A signal that was ignored before, as by `nohup`, stays so.
  ///
  /// - Parameter body: returns what to say.
  init(_ body: @escaping @Sendable () -> String) {
    let queue = DispatchQueue(label: "rollsim.interruption")
    var sources: [(Int32, any DispatchSourceSignal)] = []
    for number in Self.signals {
      guard !Self.isIgnored(number) else { continue }
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler {
        let message = body()
        // Whoever reads what is said may read no more, and must not keep the process.
        DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(500)) { _exit(3) }
        StandardError.say("\n\(message)")
        // Other threads are in the middle of runs: nothing of theirs is to be torn down.
        _exit(3)
      }
      source.resume()
      sources.append((number, source))
    }
    self.sources = Mutex(sources)
  }

  /// Signals end the process at once again.
  func end() {
    sources.withLock { sources in
      for (number, source) in sources {
        source.cancel()
        signal(number, SIG_DFL)
      }
      sources = []
    }
  }

  /// Waits for the end that a signal has begun.
  static func awaitEnd() -> Never {
    while true { sleep(1) }
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
