import Dispatch
import Foundation
import Synchronization

/// Ends the process in good order when it is asked to stop: by Ctrl-C, or by a scheduler.
final class Interruption: Sendable {
  private let sources: Mutex<[any DispatchSourceSignal]>
  private static let signals = [SIGINT, SIGTERM, SIGHUP]

  /// From now on a signal ends the process with code 3, after `body` has saved what there is.
  ///
  /// - Parameter body: returns what to say.
  init(_ body: @escaping @Sendable () -> String) {
    let queue = DispatchQueue(label: "rollsim.interruption")
    let sources = Self.signals.map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler {
        let message = body()
        FileHandle.standardError.write(Data("\n\(message)\n".utf8))
        // Other threads are in the middle of runs: nothing of theirs is to be torn down.
        _exit(3)
      }
      source.resume()
      return source
    }
    self.sources = Mutex(sources)
  }

  /// Signals end the process at once again.
  func end() {
    sources.withLock { for source in $0 { source.cancel() } }
    for number in Self.signals { signal(number, SIG_DFL) }
  }
}

/// Work was saved, and more is to be done: exit code 3.
struct Interrupted: Error {
  let description: String
}
