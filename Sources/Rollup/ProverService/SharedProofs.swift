import EventKernel
import Ledger
import Randomness

/// A claim of a rollup that shares a proof with others.
public struct SharedClaim: Sendable {
  /// The rollup.
  public let rollup: RollupID
  /// Its batches.
  public let batches: Range<Int>
  /// Its part of the proof, in thousandths of a unit of prover work, at least one.
  public let weight: UInt64
  /// Whether it has transactions that count in measures.
  public let isMeasured: Bool
  /// When it came.
  public let since: SimTime

  /// A claim that comes at `since`.
  ///
  /// - Parameter work: prover work of its batches [work units].
  public init(
    of rollup: RollupID, batches: Range<Int>, work: Double, isMeasured: Bool, since: SimTime
  ) {
    self.rollup = rollup
    self.batches = batches
    self.isMeasured = isMeasured
    self.since = since
    weight = UInt64(min(max(work * 1000, 1), 1e15))
  }
}

/// Proofs that several rollups share on the settlement chain.
///
/// Claims of all that a service proves wait together. Once there are enough, or the first has waited long
/// enough, one aggregator makes one proof of them, which is verified by one transaction; after that each
/// rollup moves its own state, by reference to what was verified.
public struct SharedProofs: ~Copyable {
  /// What a scenario says about them.
  public struct Policy: Hashable, Sendable {
    /// Claims that share a proof; 0 where each rollup has its own verified.
    public var claims = 0
    /// Time after which a proof is made although fewer wait.
    public var maxWait = SimDuration.hours(1)
    /// Time to make one proof of those of the claims [s].
    public var time = Distribution.constant(0)
    /// Settlement gas to verify it.
    public var gas: UInt64 = 5_000_000
    /// Tip that the service bids per settlement gas [wei].
    public var tip: UInt64 = 2_000_000_000
    /// Most that it pays per settlement gas, base fee and tip together [wei].
    public var feeCap: UInt64 = 1_000_000_000_000
  }

  let policy: Policy
  /// Proofs that are not in final blocks, numbered in the order in which they are begun.
  private(set) var proofs = FIFOQueue<Proof>()
  private var waiting: [SharedClaim] = []
  /// The first proof that is not made yet.
  private var firstToMake = 0
  private var isMaking = false
  private var stream: RandomStream

  /// A proof and what it is of.
  struct Proof: Sendable {
    let claims: [SharedClaim]
    var isSettled = false
  }

  init(_ policy: Policy, _ streams: StreamSource) {
    self.policy = policy
    stream = streams.stream("shared_proof")
  }

  /// The number of the proof for which claims are waiting.
  var next: Int { proofs.indices.upperBound }

  /// Adds a claim.
  ///
  /// - Returns: whether it is the first that waits.
  mutating func add(_ claim: SharedClaim) -> Bool {
    waiting.append(claim)
    return waiting.count == 1
  }

  /// Whether enough wait.
  var isFull: Bool { waiting.count >= policy.claims }

  /// Ends the waiting for the next proof.
  mutating func close() {
    guard !waiting.isEmpty else { return }
    proofs.append(Proof(claims: waiting))
    waiting.removeAll(keepingCapacity: true)
  }

  /// Begins to make the next proof, unless there is none or the aggregator works.
  ///
  /// - Returns: how long it takes.
  mutating func begin() -> SimDuration? {
    guard !isMaking, firstToMake < proofs.indices.upperBound else { return nil }
    isMaking = true
    return SimDuration(drawn: policy.time.sample(&stream))
  }

  /// Ends the making of a proof.
  ///
  /// - Returns: its number.
  mutating func end() -> Int {
    isMaking = false
    firstToMake += 1
    return firstToMake - 1
  }

  /// Takes note that the block with a proof is final.
  mutating func settle(_ number: Int) {
    proofs[number].isSettled = true
    while let head = proofs.head, head.isSettled { proofs.removeFirst() }
  }
}

extension SharedProofs: Splittable {
  /// A copy in the same state.
  public func copy(drawing draws: Draws) -> SharedProofs { SharedProofs(copying: self, draws) }

  private init(copying other: borrowing SharedProofs, _ draws: Draws) {
    policy = other.policy
    proofs = other.proofs
    waiting = other.waiting
    firstToMake = other.firstToMake
    isMaking = other.isMaking
    stream = other.stream.copy(drawing: draws)
  }
}
