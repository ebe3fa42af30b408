import Synchronization

/// Does so many pieces of work on up to `jobs` threads, the calling one among them, and waits for all.
///
/// Where the system gives fewer threads, those that there are do everything. With one job none is begun.
public func forEachInParallel(_ count: Int, jobs: Int, _ work: @Sendable (Int) -> Void) {
  withoutActuallyEscaping(work) { work in
    let next = Counter()
    let workOn: @Sendable () -> Void = {
      while case let index = next.take(), index < count { work(index) }
    }
    var others: [WorkerThread] = []
    while others.count + 1 < min(jobs, count), let other = WorkerThread(workOn) {
      others.append(other)
    }
    workOn()
    for other in others { other.join() }
  }
}

/// The results of equal pieces of work, in their order, whichever thread made them.
public func inParallel<Made: Sendable>(
  _ count: Int, jobs: Int, _ make: @Sendable (Int) -> Made
) -> [Made] {
  let made = Results<Made>(count)
  forEachInParallel(count, jobs: jobs) { index in
    let result = make(index)
    made.values.withLock { $0[index] = result }
  }
  return made.values.withLock { $0.compactMap(\.self) }
}

/// What is made of each of some pieces, in their order, whichever thread made it.
public func inParallel<Piece: Sendable, Made: Sendable>(
  _ pieces: [Piece], jobs: Int, _ make: @Sendable (Piece) -> Made
) -> [Made] {
  inParallel(pieces.count, jobs: jobs) { make(pieces[$0]) }
}

/// What is made of so many things that follow each other, in their order, whichever thread made it.
///
/// - Parameter size: so many are taken at once, or fewer where a thread would be left without any.
public func inParallel<Made: Sendable>(
  _ count: Int, by size: Int, jobs: Int, _ make: @Sendable (Range<Int>) -> [Made]
) -> [Made] {
  let jobs = max(jobs, 1)
  let size = max(1, min(size, (count + jobs - 1) / jobs))
  return inParallel((count + size - 1) / size, jobs: jobs) {
    make($0 * size..<min(count, ($0 + 1) * size))
  }.flatMap(\.self)
}

/// Numbers from 0, each given once.
private final class Counter: Sendable {
  private let next = Atomic(0)

  func take() -> Int { next.wrappingAdd(1, ordering: .relaxed).oldValue }
}

/// What threads have made so far.
private final class Results<Made: Sendable>: Sendable {
  let values: Mutex<[Made?]>

  init(_ count: Int) { values = Mutex([Made?](repeating: nil, count: count)) }
}
