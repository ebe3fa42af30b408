import Randomness

/// Others' blob transactions of one block, each with its blobs and its tip.
///
/// A builder takes them in order of their tips. A transaction is whole: what does not fit is passed over,
/// and a smaller one behind it may fit (EIP-4844: a block that exceeds its limit is invalid; no rule
/// divides a transaction).
struct BlobCompetition: ~Copyable {
  private struct Transaction {
    /// In multiples of the mean tip, exponential.
    let tip: Double
    let blobs: UInt64
  }

  private let sizes: Distribution
  private let meanSize: Double
  private let meanTip: Double
  /// The highest tip first.
  private var transactions: [Transaction] = []
  private var stream: RandomStream

  init(_ policy: SettlementPolicy, seed: UInt64, replication: UInt64) {
    sizes = policy.competition.transactionBlobs
    meanSize = max(policy.competition.transactionBlobs.mean, 1)
    meanTip = Double(policy.blobDemand.meanTip)
    stream = RandomStream(
      seed: seed, replication: replication, name: "settlement.competition.blobs")
  }

  /// Draws others' transactions for a block: a Poisson number, with independent sizes and tips.
  ///
  /// - Parameters:
  ///   - wanted: the mean of their blobs.
  ///   - limit: the blobs that one of them can have.
  mutating func beginBlock(wanted: Double, each limit: UInt64) {
    transactions.removeAll(keepingCapacity: true)
    for _ in 0..<stream.poisson(mean: wanted / meanSize) { add(atMost: .max, each: limit) }
    sort()
  }

  /// Draws transactions that have as many blobs together as others used; the last may be cut.
  mutating func beginBlock(used: UInt64, each limit: UInt64) {
    transactions.removeAll(keepingCapacity: true)
    var left = used
    while left > 0 { left -= add(atMost: left, each: limit) }
    sort()
  }

  /// Adds what somebody sends, in several transactions where one cannot have it all.
  @discardableResult private mutating func add(atMost most: UInt64, each limit: UInt64) -> UInt64 {
    let blobs = min(UInt64(max(sizes.sample(&stream).rounded(), 1)), most)
    var left = blobs
    while left > 0 {
      let part = min(left, max(limit, 1))
      transactions.append(Transaction(tip: stream.exponential(mean: 1), blobs: part))
      left -= part
    }
    return blobs
  }

  private mutating func sort() { transactions.sort { $0.tip > $1.tip } }

  /// Blobs of those who bid more than `tip` [wei per gas] that find room for `capacity` blobs.
  func blobs(bidding tip: UInt64, into capacity: UInt64) -> UInt64 {
    guard meanTip > 0 else { return 0 }
    let bound = Double(tip) / meanTip
    return packed(transactions.prefix { $0.tip > bound }, into: capacity)
  }

  /// Blobs of all that find room for `capacity` blobs.
  func blobs(into capacity: UInt64) -> UInt64 { packed(transactions[...], into: capacity) }

  private func packed(_ transactions: ArraySlice<Transaction>, into capacity: UInt64) -> UInt64 {
    transactions.reduce(0) { $0 + $1.blobs <= capacity ? $0 + $1.blobs : $0 }
  }
}

extension BlobCompetition: Splittable {
  func copy(drawing draws: Draws) -> BlobCompetition { BlobCompetition(copying: self, draws) }

  private init(copying other: borrowing BlobCompetition, _ draws: Draws) {
    sizes = other.sizes
    meanSize = other.meanSize
    meanTip = other.meanTip
    transactions = other.transactions
    stream = other.stream.copy(drawing: draws)
  }
}
