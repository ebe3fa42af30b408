import Randomness

/// Others' transactions of one block that want execution gas, as far as it matters who they are.
///
/// They come as a Poisson process over the rank u in [0, 1] of their tip: u is the share of all others
/// who bid more, so ranks are uniform and independent. How many rank before u is Poisson with mean u·λ;
/// given how many rank before two neighbours of u, it is binomial between them (Kingman, "Poisson
/// Processes", 1993, section 2.4). So any two questions about a block fit together, and a block costs a
/// draw for each tip that is asked about, not for each transaction.
struct GasCompetition: ~Copyable {
  /// How many rank before a rank.
  private struct Point {
    let rank: Double
    let count: Int
  }

  /// More transactions than any block holds; a Poisson count beyond would leave 32 bits.
  private static let largestMean = 1e6

  private let transactionGas: UInt64
  private var known: [Point] = []
  private var stream: RandomStream

  init(_ policy: CompetitionPolicy, seed: UInt64, replication: UInt64) {
    transactionGas = policy.transactionGas
    stream = RandomStream(
      seed: seed, replication: replication, name: "settlement.competition.gas")
  }

  /// Draws how many transactions others have for a block.
  ///
  /// - Parameter wanted: the mean of their gas.
  /// - Returns: their gas.
  mutating func beginBlock(wanted: Double) -> UInt64 {
    let mean = min(wanted / Double(transactionGas), Self.largestMean)
    let count = stream.poisson(mean: mean)
    begin(count)
    return UInt64(count) * transactionGas
  }

  /// Begins a block of which it is known what others used.
  mutating func beginBlock(used: UInt64) { begin(Int(used / transactionGas)) }

  private mutating func begin(_ count: Int) {
    known.removeAll(keepingCapacity: true)
    known.append(Point(rank: 0, count: 0))
    known.append(Point(rank: 1, count: count))
  }

  /// Gas of those whose tip ranks before `rank`.
  mutating func gas(before rank: Double) -> UInt64 {
    let place = known.firstIndex { $0.rank >= rank } ?? known.count - 1
    guard known[place].rank > rank, place > 0 else {
      return UInt64(known[place].count) * transactionGas
    }
    let (low, high) = (known[place - 1], known[place])
    let share = (rank - low.rank) / (high.rank - low.rank)
    let count = low.count + stream.binomial(high.count - low.count, share)
    known.insert(Point(rank: rank, count: count), at: place)
    return UInt64(count) * transactionGas
  }
}

extension GasCompetition: Splittable {
  func copy(drawing draws: Draws) -> GasCompetition { GasCompetition(copying: self, draws) }

  private init(copying other: borrowing GasCompetition, _ draws: Draws) {
    transactionGas = other.transactionGas
    known = other.known
    stream = other.stream.copy(drawing: draws)
  }
}
