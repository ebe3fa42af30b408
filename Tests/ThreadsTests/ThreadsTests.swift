import Synchronization
import Testing
import Threads

/// Work is shared among threads, and done where there are none.
@Suite struct ThreadsTests {
  @Test(arguments: [0, 1, 2, 7, 64]) func resultsAreInOrder(jobs: Int) {
    for count in [0, 1, 5, 300] {
      #expect(inParallel(count, jobs: jobs) { $0 * $0 } == (0..<count).map { $0 * $0 })
    }
  }

  @Test(arguments: [1, 16, 300, 1000]) func neighboursAreTakenTogether(size: Int) {
    for count in [0, 1, 299, 300, 301] {
      let made = inParallel(count, by: size, jobs: 3) { range in range.map { ($0, range.count) } }
      #expect(made.map(\.0) == Array(0..<count))
      #expect(made.allSatisfy { $0.1 <= size })
    }
  }

  @Test func everyPieceIsDoneOnce() {
    let done = Mutex([Int](repeating: 0, count: 1000))
    forEachInParallel(1000, jobs: 8) { index in done.withLock { $0[index] += 1 } }
    #expect(done.withLock { $0 }.allSatisfy { $0 == 1 })
  }

  /// Two pieces that wait for each other: they end only if two threads are at work.
  @Test func piecesAreDoneAtOnce() {
    let arrived = Atomic(0)
    forEachInParallel(2, jobs: 2) { _ in
      arrived.wrappingAdd(1, ordering: .sequentiallyConsistent)
      while arrived.load(ordering: .sequentiallyConsistent) < 2 {}
    }
    #expect(arrived.load(ordering: .sequentiallyConsistent) == 2)
  }

  @Test func whoJoinsSeesTheWork() throws {
    let place = Place()
    let thread = try #require(WorkerThread { place.value.store(7, ordering: .relaxed) })
    thread.join()
    thread.join()
    #expect(place.value.load(ordering: .relaxed) == 7)
  }
}

private final class Place: Sendable {
  let value = Atomic(0)
}
