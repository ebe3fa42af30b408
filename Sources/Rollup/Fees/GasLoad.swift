import EventKernel
import Randomness

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// What blocks of a rollup have on average, where several are charged for their gas at once.
public struct GasLoad: Sendable {
  /// Time between blocks, or a second if that is longer: over which a backlog gathers before it is taken
  /// away [s].
  var interval: Double { max(block, 1) }
  /// Time between blocks.
  let blockInterval: SimDuration
  /// The same [s].
  private var block: Double { blockInterval.seconds }
  /// Means of the gas of a transaction, of its square and of its cube.
  private let mean: Double
  private let square: Double
  private let cube: Double
  /// The arrivals, where they come in groups.
  private let groups: GroupedArrivals?
  /// Whether each comes at the same time after the one before.
  private let isRegular: Bool

  /// No transactions.
  public static let none = GasLoad(
    blockInterval: .seconds(1), mean: 0, square: 0, cube: 0, groups: nil, isRegular: false)

  private init(
    blockInterval: SimDuration, mean: Double, square: Double, cube: Double,
    groups: GroupedArrivals?, isRegular: Bool
  ) {
    self.blockInterval = blockInterval
    (self.mean, self.square, self.cube) = (mean, square, cube)
    (self.groups, self.isRegular) = (groups, isRegular)
  }

  /// What users send to blocks at an interval.
  public init(_ workload: Workload.Policy, _ sequencer: Sequencer.Policy) {
    self.init(
      blockInterval: sequencer.blockInterval, mean: workload.mean(of: \.gas),
      square: workload.average { $0.gas.variance + $0.gas.mean * $0.gas.mean },
      cube: workload.average { $0.gas.meanCube }, groups: workload.arrivals.grouped,
      isRegular: workload.arrivals.isRegular)
  }

  /// Up to how many arrivals a second their gas stays below a limit [1/s]: eight standard deviations above
  /// its mean in four fifths of it; none of regular ones, whose backlog has another law.
  ///
  /// - Parameter time: over which the limit holds [s].
  func quietRate(below limit: Double, over time: Double) -> Double {
    guard !isRegular else { return 0 }
    let quiet = Self.most(0.8 * limit, mean: mean, square: square)
    return (groups?.quietMean(below: quiet) ?? quiet) / time
  }

  /// The mean square and the mean cube of the gas of a group, over its transactions; of single ones their own.
  ///
  /// By the factorial moments of a geometric number with mean m: 2 m (m − 1) of pairs, 6 m (m − 1)² of three.
  private var momentsOfGroups: (square: Double, cube: Double) {
    guard let groups else { return (square, cube) }
    let others = (groups.size - 1) * mean
    return (square + 2 * others * mean, cube + 6 * others * (square + others * mean))
  }

  /// The mean number of a Poisson number of values whose sum stays below a limit by eight standard
  /// deviations.
  ///
  /// Sums of some dozen values lie further with a probability of some 1e-12.
  static func most(_ limit: Double, mean: Double, square: Double) -> Double {
    guard mean > 0 else { return .infinity }
    let deviation = 8 * square.squareRoot()
    let root = ((deviation * deviation + 4 * mean * limit).squareRoot() - deviation) / (2 * mean)
    return root * root
  }

  /// The backlog after blocks of a stretch that have transactions, where every second's gas is taken away
  /// before the next one has blocks: how many such blocks are expected, the mean over them, and the
  /// largest [gas].
  ///
  /// Block j of a second leaves the gas of the first j. The largest is that of as many sums as there are
  /// seconds, each a gamma variable and a constant with the mean, the variance and the skewness of a
  /// compound Poisson sum.
  func backlog(
    of block: SealedBlock, _ stretch: SealedStretch
  ) -> (blocks: Double, mean: Double, largest: Double) {
    let length = max((block.sealedAt - stretch.begin).seconds, self.block)
    let blocks = max((length / self.block).rounded(), 1)
    let perBlock = Double(block.gas) / blocks
    let (square, cube) = momentsOfGroups
    let filled = 1 - exp(-Double(block.count) / (groups?.size ?? 1) / blocks)
    let perSecond = max((1 / self.block).rounded(), 1)
    let counted = min(perSecond, blocks)
    let mean = (counted - 1) / 2 * perBlock + perBlock / filled
    let sum = counted * perBlock
    let variance = Double(block.count) * min(interval, length) / length * square
    guard variance > 0, blocks > 1 else { return (1, mean, max(mean, Double(block.gas))) }
    let third = variance * cube / square
    let scale = third / (2 * variance)
    let law = Distribution.gamma(shape: variance / (scale * scale), scale: scale)
    let above = -expm1(-stretch.tail / max(length / interval, 1))
    let largest = sum - law.mean + law.inverse(above: max(above, 1e-300))
    return (blocks * filled, mean, max(mean, largest))
  }
}
