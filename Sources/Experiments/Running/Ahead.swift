import Dispatch
import Synchronization

/// A value that another thread makes while the caller goes on.
final class Ahead<Value: Sendable>: Sendable {
  private let made = Mutex<Value?>(nil)
  private let isMade = DispatchSemaphore(value: 0)

  /// Begins to make it.
  init(_ make: @escaping @Sendable () -> Value) {
    DispatchQueue.global().async { [self] in
      let value = make()
      made.withLock { $0 = value }
      isMade.signal()
    }
  }

  /// Waits for the value; once only.
  func take() -> Value {
    isMade.wait()
    guard let value = made.withLock({ $0 }) else { preconditionFailure("signalled too early") }
    return value
  }
}
