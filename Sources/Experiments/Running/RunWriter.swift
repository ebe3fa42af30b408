import Dispatch
import RunStore
import Synchronization

/// Commits finished runs, in the background and as many at once as have come meanwhile.
///
/// A commit waits for the disk, so commits keep a distance of some milliseconds: a run that is longer
/// is committed as soon as it is finished, shorter ones are together.
final class RunWriter: Sendable {
  private struct State {
    var entries: [RunStore.Entry] = []
    var committed = 0
    var lastCommit = DispatchTime.now()
    var failure: StoreFailure?
  }

  /// So many runs may wait before whoever adds one waits as well.
  private static let limit = 4096
  private static let distance = DispatchTimeInterval.milliseconds(20)
  private let queue = DispatchQueue(label: "rollsim.run-writer")
  private let state = Mutex(State())
  private let store: StoreOnQueue
  private let onCommit: @Sendable (Int) -> Void

  /// Only the queue uses the store.
  private struct StoreOnQueue: @unchecked Sendable { let store: RunStore }

  /// A writer that reports, after each commit, how many runs it has committed.
  init(_ store: RunStore, onCommit: @escaping @Sendable (Int) -> Void) {
    self.store = StoreOnQueue(store: store)
    self.onCommit = onCommit
  }

  /// Why it could not write; nil if it could.
  var failure: StoreFailure? { state.withLock { $0.failure } }

  /// Hands over a finished run.
  func add(_ entry: RunStore.Entry) {
    let (waiting, due) = state.withLock { state in
      state.entries.append(entry)
      return (state.entries.count, state.lastCommit + Self.distance)
    }
    if waiting == 1 { queue.asyncAfter(deadline: due) { self.commit() } }
    if waiting > Self.limit { finish() }
  }

  /// Waits until everything that was handed over is committed.
  func finish() { queue.sync { commit() } }

  /// What the store says after everything that was handed over is committed.
  func read<Value>(_ body: (RunStore) throws -> Value) throws -> Value {
    try queue.sync {
      commit()
      return try body(store.store)
    }
  }

  private func commit() {
    let (entries, isBroken) = state.withLock { state in
      defer { state.entries.removeAll() }
      state.lastCommit = .now()
      return (state.entries, state.failure != nil)
    }
    guard !entries.isEmpty, !isBroken else { return }
    do throws(StoreFailure) {
      try store.store.record(entries)
      onCommit(
        state.withLock { state in
          state.committed += entries.count
          return state.committed
        })
    } catch {
      state.withLock { $0.failure = error }
    }
  }
}
