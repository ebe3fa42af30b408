import Declarations
import EventKernel
import Foundation
import Randomness
import Statistics
import Testing

@testable import Rollup

/// Numbers of arrivals against their laws.
///
/// Seed 1, 4000 replications of 3000 s. Means: false alarm 1e-6 at |z| < 4.9, detects 8 % of a standard
/// deviation. Variances: their standard error is 2.3 % of a normal variable's and at most 4 % of any here,
/// so a false alarm at 16 % has less than 1e-4, and an error of a third is seen.
@Suite struct ArrivalTests {
  private static let time = 3000.0

  struct Case: Sendable, CustomStringConvertible {
    let process: ArrivalProcess
    let variance: Double
    var mean = 150.0
    /// Whether the number is drawn without the instants.
    var isCounted = false

    var description: String { isCounted ? "\(process.name), counted" : process.name }
  }

  private static let cases: [Case] = {
    let rate = 0.05
    var modulated = ModulatedArrivals(rate: rate)
    modulated.calmTime = .seconds(200)
    modulated.burstTime = .seconds(50)
    var exciting = SelfExcitingArrivals(rate: rate)
    exciting.decay = .seconds(10)
    let groups = GroupedArrivals(rate: rate)
    // Hawkes 1971: λ (κ² T + (1 − κ²) (1 − e^{−βT}) / β), κ = 1 / (1 − n), β = (1 − n) / decay.
    let hawkes = rate * (4 * time - 3 * 20)
    return [
      Case(process: .poisson(rate: rate), variance: 150),
      Case(process: .modulated(modulated), variance: modulated.variance(over: time)),
      Case(process: .selfExciting(exciting), variance: hawkes),
      Case(process: .groups(groups), variance: groups.variance(over: time)),
      Case(process: .groups(groups), variance: groups.variance(over: time), isCounted: true),
      // 300 in 6000 s, of which the first half is looked at.
      Case(
        process: .counts(trace([(0, 300), (6000, 0)])), variance: 75, mean: 150),
    ]
  }()

  private static func trace(_ rows: [(Int64, Double)]) -> DemandTrace {
    DemandTrace(
      name: "rows", steps: rows.map { .init(time: .seconds($0.0), factor: $0.1) })
  }

  private static func arrivals(
    _ process: ArrivalProcess, _ replication: UInt64, startsAt: Int64 = 0, grid: Int64? = nil
  ) -> Arrivals {
    Arrivals(
      process, cuts: [.start + .seconds(Int64(time))], grid: grid, startsAt: startsAt,
      StreamSource(seed: 1, replication: replication))
  }

  private static func count(_ arrivals: inout Arrivals, through end: Double = time) -> Int {
    var count = 0
    while arrivals.through.seconds < end { count += arrivals.next().count }
    return count
  }

  @Test(arguments: cases) func numbersHaveTheirLaw(_ example: Case) {
    var counts = Tally()
    for replication in 0..<4000 as Range<UInt64> {
      var arrivals = Self.arrivals(
        example.process, replication, grid: example.isCounted ? 1 << 38 : nil)
      counts.record(Double(Self.count(&arrivals)))
    }
    let error = (example.variance / 4000).squareRoot()
    #expect(abs(counts.mean - example.mean) < 4.9 * error, "\(counts.mean)")
    let variance = counts.variance ?? 0
    #expect(abs(variance / example.variance - 1) < 0.16, "\(variance), \(example.variance)")
  }

  /// One every 7 s: 428 in 3000 s, at their instants to the nanosecond.
  @Test func regularArrivalsAreAtTheirInstants() {
    var arrivals = Self.arrivals(.deterministic(rate: 1.0 / 7), 0)
    var instants: [Int64] = []
    while arrivals.through.seconds < Self.time {
      _ = arrivals.next()
      instants += arrivals.instants
    }
    #expect(instants == (1...428).map { $0 * 7_000_000_000 })
  }

  @Test func timesOfAFileAreTaken() {
    var arrivals = Self.arrivals(.times(Self.trace([(1, 2), (5, 1), (2999, 3), (3000, 1)])), 0)
    var instants: [Int64] = []
    while arrivals.through.seconds < Self.time {
      _ = arrivals.next()
      instants += arrivals.instants
    }
    #expect(instants == [1, 1, 5, 2999, 2999, 2999].map { $0 * 1_000_000_000 })
    #expect(arrivals.next().count == 1)
    #expect(arrivals.next().to == .distantFuture)
  }

  /// Numbers of whole intervals are those of the file, whatever pieces cut them.
  @Test func everyIntervalHasItsNumber() {
    var arrivals = Self.arrivals(
      .counts(Self.trace([(10, 500), (20, 0), (1000, 70), (2000, 9), (4000, 0)])), 0,
      grid: 1 << 32)
    var counts = [0, 0, 0, 0]
    while arrivals.through.seconds < 4000 {
      let piece = arrivals.next()
      let interval = [10.0, 20, 1000, 2000].lastIndex { $0 <= piece.from.seconds }
      if let interval { counts[interval] += piece.count } else { #expect(piece.count == 0) }
    }
    #expect(counts == [500, 0, 70, 9])
  }

  /// Hour by hour over a week that begins on a Monday, 2024-06-17: highest at 15 h, lowest at 3 h; a day of
  /// the weekend has half.
  @Test func aProfileFollowsTheWeek() {
    var profile = DailyProfile(rate: 12)
    profile.weekend = 0.5
    let monday: Int64 = 1_718_582_400 / 3600
    let rates = (0..<168).map { profile.rate(inHour: monday + $0) }
    #expect(abs(rates.reduce(0, +) / 168 - 12) < 1e-9)
    let weekday = 12.0 * 7 / 6
    #expect(abs(rates[15] - 1.5 * weekday) < 1e-9 && abs(rates[3] - 0.5 * weekday) < 1e-9)
    #expect(abs(rates[5 * 24 + 15] - 0.75 * weekday) < 1e-9)
    #expect(rates[4 * 24 + 15] == rates[15])
  }

  /// The hours of a profile are in what arrives.
  ///
  /// Seed 1, 500 times 50 minutes at 1 /s and at 0.5 /s. False alarm 1e-6 at |z| < 4.9, detects 1 %.
  @Test func arrivalsFollowTheProfile() {
    var profile = DailyProfile(rate: 0.5)
    profile.swing = 1
    profile.peak = .zero
    var counts = [0.0, 0.0]
    for replication in 0..<500 as Range<UInt64> {
      var arrivals = Self.arrivals(.profile(profile), replication)
      counts[0] += Double(Self.count(&arrivals))
      arrivals = Self.arrivals(.profile(profile), replication, startsAt: 6 * 3600)
      counts[1] += Double(Self.count(&arrivals))
    }
    let means = [1.0 * 3000 * 500, 0.5 * 3000 * 500]
    for (count, mean) in zip(counts, means) {
      #expect(abs(count - mean) < 4.9 * mean.squareRoot(), "\(count), \(mean)")
    }
  }

  /// Instants are ordered and uniform in their piece, and classes are drawn by their weights.
  ///
  /// Kolmogorov's distance of 200,000 instants from the uniform law, false alarm 1e-6
  /// at 0.006, which sees a shift of a hundredth.
  @Test func instantsAreUniform() {
    var policy = Self.policy(.poisson(rate: 100))
    policy.mix[TransactionClass.swap.rawValue] = 3
    var workload = Workload(
      policy, measured: .start..<(.start + .seconds(2000)), needsProverWork: false,
      StreamSource(seed: 1, replication: 0))
    var last = SimTime.start
    var shares: [Double] = []
    var swaps = 0
    while workload.nextArrival.seconds < 2000 {
      let transaction = workload.next()
      #expect(transaction.submittedAt >= last)
      last = transaction.submittedAt
      shares.append(last.seconds.truncatingRemainder(dividingBy: 4))
      if transaction.gas > 1 { swaps += 1 }
    }
    let count = Double(shares.count)
    #expect(abs(count - 200_000) < 4.9 * 200_000.squareRoot())
    #expect(abs(Double(swaps) - 0.75 * count) < 4.9 * (count * 0.1875).squareRoot())
    let distance = shares.sorted().enumerated().map { abs($1 / 4 - Double($0) / count) }.max() ?? 1
    #expect(distance < 0.006, "\(distance)")
  }

  /// A class is sent in its window alone: the same others, and none of it outside.
  @Test func aClassHasItsWindow() {
    var policy = Self.policy(.poisson(rate: 10))
    policy.mix[TransactionClass.swap.rawValue] = 1
    policy.profiles[TransactionClass.swap.rawValue].begins = .seconds(500)
    policy.profiles[TransactionClass.swap.rawValue].ends = .seconds(700)
    var workload = Workload(
      policy, measured: .start..<(.start + .seconds(1000)), needsProverWork: false,
      StreamSource(seed: 1, replication: 0))
    var swaps: [Double] = []
    while workload.nextArrival.seconds < 1000 {
      let transaction = workload.next()
      if transaction.gas > 1 { swaps.append(transaction.submittedAt.seconds) }
    }
    #expect(swaps.allSatisfy { (500..<700).contains($0) })
    // 1000 on average; false alarm 1e-6.
    #expect(abs(Double(swaps.count) - 1000) < 4.9 * 1000.squareRoot())
  }

  /// Transfers of 1 gas and swaps of 2, of which none is sent.
  private static func policy(_ arrivals: ArrivalProcess) -> Workload.Policy {
    let classes = TransactionClass.allCases
    var policy = Workload.Policy(
      arrivals: arrivals, mix: classes.map { $0 == .transfer ? 1 : 0 },
      profiles: classes.map { kind in
        .init(
          gas: .constant(kind == .transfer ? 1 : 2), bytes: .constant(100),
          proverWork: .constant(1))
      })
    policy.mix[TransactionClass.swap.rawValue] = 0
    return policy
  }
}
