import EventKernel
import Randomness

/// One key that a transaction reads, or reads and writes.
struct KeyAccess: BitwiseCopyable {
  var key: UInt64
  var isWrite: Bool
}

/// Transactions that a block can have, in their order, with what each takes and touches.
///
/// What found no room in a block is kept for the next one, so each transaction touches what it does however often
/// it waits.
struct Candidates: ~Copyable {
  /// After so many draws in vain of a key that it has already a transaction makes do with fewer.
  private static let mostDraws = 64

  private struct Identity: BitwiseCopyable, Equatable {
    var submittedAt: SimTime
    var gas: UInt32
    var kind: UInt8
  }

  /// What each takes on one lane [ns].
  private(set) var times: [Int64] = []
  /// What a lane does of it beside others [ns].
  private(set) var laneTimes: [Int64] = []
  /// The accesses of all, one transaction after the other.
  private(set) var accesses: [KeyAccess] = []
  /// Where those of each begin, and where the last end.
  private(set) var begins: [Int32] = [0]
  private var identities: [Identity] = []

  private let profiles: [AccessProfile]
  private let law: ZipfLaw
  private var stream: RandomStream

  init(_ policy: AccessPolicy, _ streams: StreamSource) {
    profiles = policy.profiles
    law = policy.law
    stream = streams.stream("execution.keys")
  }

  /// Makes sure that a transaction is at a place behind those that are.
  mutating func place(
    _ transaction: Transaction, at place: Int, _ limit: ExecutionLimit, time: Int64
  ) {
    let identity = Identity(
      submittedAt: transaction.submittedAt, gas: transaction.gas, kind: transaction.kind)
    if place < times.count, identities[place] == identity { return }
    // Another order than when they were drawn: what was is drawn anew.
    keep(first: place)
    identities.append(identity)
    append(time: time, limit)
    drawKeys(of: transaction)
  }

  private mutating func append(time: Int64, _ limit: ExecutionLimit) {
    times.append(time)
    laneTimes.append(limit.laneTime(time))
  }

  private mutating func drawKeys(of transaction: Transaction) {
    let profile = profiles[Int(transaction.kind)]
    // What rollups that settle here send touches what nobody else does.
    if !transaction.isGuest {
      for _ in 0..<profile.writes { drawKey(isWrite: true) }
      if profile.hotShare > 0, stream.bernoulli(profile.hotShare) {
        accesses.append(KeyAccess(key: .max - UInt64(profile.hotGroup), isWrite: true))
      }
      for _ in 0..<profile.reads { drawKey(isWrite: false) }
    }
    begins.append(Int32(accesses.count))
  }

  /// Draws a key that the transaction does not have.
  private mutating func drawKey(isWrite: Bool) {
    for _ in 0..<Self.mostDraws {
      let key = law.sample(&stream)
      guard !accesses[Int(begins[begins.count - 1])...].contains(where: { $0.key == key }) else {
        continue
      }
      return accesses.append(KeyAccess(key: key, isWrite: isWrite))
    }
  }

  /// Adds a transaction that touches what it is told to; for tests.
  mutating func append(time: Int64, _ keys: [KeyAccess], _ limit: ExecutionLimit) {
    identities.append(Identity(submittedAt: .start, gas: 0, kind: 0))
    append(time: time, limit)
    accesses += keys
    begins.append(Int32(accesses.count))
  }

  /// Forgets all but the first.
  mutating func keep(first count: Int) {
    guard count < times.count else { return }
    identities.removeLast(times.count - count)
    laneTimes.removeLast(times.count - count)
    times.removeLast(times.count - count)
    accesses.removeLast(accesses.count - Int(begins[count]))
    begins.removeLast(begins.count - count - 1)
  }

  /// Forgets the first, which a block has.
  mutating func remove(first count: Int) {
    guard count > 0 else { return }
    let cut = begins[count]
    identities.removeFirst(count)
    times.removeFirst(count)
    laneTimes.removeFirst(count)
    accesses.removeFirst(Int(cut))
    begins.removeFirst(count)
    for place in begins.indices { begins[place] -= cut }
  }
}

extension Candidates: Splittable {
  /// A copy in the same state.
  func copy(drawing draws: Draws) -> Candidates { Candidates(copying: self, draws) }

  private init(copying other: borrowing Candidates, _ draws: Draws) {
    times = other.times
    laneTimes = other.laneTimes
    accesses = other.accesses
    begins = other.begins
    identities = other.identities
    profiles = other.profiles
    law = other.law
    stream = other.stream.copy(drawing: draws)
  }
}
