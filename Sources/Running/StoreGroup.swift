import RunStore
import Synchronization

/// Stores that one thread at a time may ask.
///
/// Unchecked, because a store is used under the lock only.
final class StoreGroup: @unchecked Sendable {
  private let stores: [RunStore]
  private let lock = Mutex(())

  init(_ stores: [RunStore]) { self.stores = stores }

  var count: Int { stores.count }

  func with<Value>(_ index: Int, _ body: (RunStore) throws -> Value) throws -> Value {
    try lock.withLock { _ in try body(stores[index]) }
  }
}
