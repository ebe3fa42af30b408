import Dispatch
import RunStore
import Synchronization
import Threads

/// Commits finished runs, as many at once as have come meanwhile: in the background between `begin` and
/// `end`, else on the thread that hands them over.
///
/// A commit waits for the disk, so commits keep a distance of some milliseconds: a run that is longer
/// is committed as soon as it is finished, shorter ones are together.
final class RunWriter: Sendable {
  private struct State {
    var entries: [RunStore.Entry] = []
    var lastCommit = DispatchTime.now()
    var failure: StoreFailure?
    /// What a thread that commits itself waits for before it does again [ns].
    var distance = RunWriter.shortestDistance
    var thread: WorkerThread?
  }

  /// So many runs may wait before whoever adds one commits them.
  private static let limit = 4096
  private static let shortestDistance: UInt64 = 20_000_000
  /// A thread that commits itself works at least so many times as long as it waits for the disk.
  private static let workPerCommit: UInt64 = 20
  private let state = Mutex(State())
  private let store: StoreOnLock
  private let lock = Mutex(())
  private let hasEntries = DispatchSemaphore(value: 0)
  private let hasEnded = DispatchSemaphore(value: 0)

  /// Only whoever has the lock uses the store.
  private struct StoreOnLock: @unchecked Sendable { let store: RunStore }

  /// A writer into a store.
  init(_ store: RunStore) { self.store = StoreOnLock(store: store) }

  /// Why it could not write; nil if it could.
  var failure: StoreFailure? { state.withLock { $0.failure } }

  /// From now on another thread commits.
  ///
  /// - Returns: whether there is one.
  func begin() -> Bool {
    let thread = WorkerThread { self.commitInBackground() }
    state.withLock { $0.thread = thread }
    return thread != nil
  }

  /// Commits what was handed over, and ends what `begin` began.
  func end() {
    let thread = state.withLock { state in
      defer { state.thread = nil }
      return state.thread
    }
    if let thread {
      hasEnded.signal()
      hasEntries.signal()
      thread.join()
    }
    commit()
  }

  /// Hands over a finished run.
  func add(_ entry: RunStore.Entry) {
    let isDue = state.withLock { state in
      state.entries.append(entry)
      guard state.thread == nil else {
        if state.entries.count == 1 { hasEntries.signal() }
        return state.entries.count > Self.limit
      }
      return state.entries.count > Self.limit || state.lastCommit.age >= state.distance
    }
    if isDue { commit() }
  }

  /// Waits until everything that was handed over is committed.
  func finish() { commit() }

  /// What the store says after everything that was handed over is committed.
  func read<Value>(_ body: (RunStore) throws -> Value) throws -> Value {
    commit()
    return try lock.withLock { _ in try body(store.store) }
  }

  private func commitInBackground() {
    while true {
      hasEntries.wait()
      let due = state.withLock { $0.lastCommit } + .nanoseconds(Int(Self.shortestDistance))
      if hasEnded.wait(timeout: due) == .success { return }
      commit()
    }
  }

  private func commit() {
    lock.withLock { _ in
      let start = DispatchTime.now()
      let (entries, isBroken) = state.withLock { state in
        defer { state.entries.removeAll() }
        state.lastCommit = start
        return (state.entries, state.failure != nil)
      }
      guard !entries.isEmpty, !isBroken else { return }
      do throws(StoreFailure) {
        try store.store.record(entries)
        state.withLock { state in
          state.lastCommit = .now()
          state.distance = max(Self.shortestDistance, start.age * Self.workPerCommit)
        }
      } catch {
        state.withLock { $0.failure = error }
      }
    }
  }
}

extension DispatchTime {
  /// How long ago it was [ns].
  fileprivate var age: UInt64 {
    let now = DispatchTime.now().uptimeNanoseconds
    return now > uptimeNanoseconds ? now - uptimeNanoseconds : 0
  }
}
