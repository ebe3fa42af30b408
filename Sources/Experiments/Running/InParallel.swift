import Dispatch
import Synchronization

/// The results of equal pieces of work, in their order, whichever thread made them.
func inParallel<Made: Sendable>(
  _ count: Int, jobs: Int, _ make: @escaping @Sendable (Int) -> Made
) -> [Made] {
  let next = Mutex(0)
  let made = Mutex([Made?](repeating: nil, count: count))
  DispatchQueue.concurrentPerform(iterations: max(1, min(jobs, count))) { _ in
    while case let index = next.withLock({ next in
      defer { next += 1 }
      return next
    }), index < count {
      let result = make(index)
      made.withLock { $0[index] = result }
    }
  }
  return made.withLock { $0.compactMap(\.self) }
}
