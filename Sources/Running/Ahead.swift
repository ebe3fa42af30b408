import Synchronization
import Threads

/// A value that another thread makes while the caller goes on; where there is no other thread, the
/// caller makes it when it takes it.
struct Ahead<Value: Sendable> {
  private final class Place: Sendable {
    let value = Mutex<Value?>(nil)
  }

  private let make: @Sendable () -> Value
  private let place: Place
  private let thread: WorkerThread?

  /// Begins to make it.
  init(_ make: @escaping @Sendable () -> Value) {
    self.make = make
    let place = Place()
    self.place = place
    thread = WorkerThread {
      let value = make()
      place.value.withLock { $0 = value }
    }
  }

  /// Waits for the value.
  func take() -> Value {
    thread?.join()
    return place.value.withLock { $0 } ?? make()
  }
}
