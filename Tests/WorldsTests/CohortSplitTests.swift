import EventKernel
import Foundation
import Randomness
import Statistics
import Testing

@testable import Rollup

/// Where arrivals of a cohort lie that are not independent: regular ones, and groups.
@Suite struct CohortSplitTests {
  private static func seconds(_ number: Int64) -> SimTime { .start + .seconds(number) }

  private static func policy(_ arrivals: ArrivalProcess) -> Workload.Policy {
    let classes = TransactionClass.allCases
    return Workload.Policy(
      arrivals: arrivals, mix: classes.map { $0 == .transfer || $0 == .swap ? 1 : 0 },
      profiles: classes.map { _ in
        .init(gas: .constant(1), bytes: .constant(100), proverWork: .constant(1))
      })
  }

  private static func source(
    _ arrivals: ArrivalProcess, _ streams: StreamSource = StreamSource(seed: 1, replication: 0)
  ) -> CohortSource {
    CohortSource(policy(arrivals), needsProverWork: false, streams)
  }

  /// The first piece of a process that is counted.
  private static func piece(
    _ process: ArrivalProcess, to end: Int64, _ replication: UInt64 = 0
  ) -> ArrivalPiece {
    var arrivals = Arrivals(
      process, cuts: [seconds(end)], grid: 1 << 45, startsAt: 0,
      StreamSource(seed: 1, replication: replication))
    return arrivals.next()
  }

  /// The instants of a piece whose arrivals depend on each other.
  private static func list(_ piece: ArrivalPiece, _ source: inout CohortSource) -> [Int64] {
    var instants: [Int64] = []
    let depends = source.list(piece, into: &instants)
    #expect(depends)
    return instants
  }

  // MARK: Regular arrivals

  /// What is counted is what is listed, in any parts, also where they end at an arrival.
  @Test(arguments: [1.0 / 7, 3, 19.7]) func regularPartsHaveTheirInstants(_ rate: Double) {
    var listed = Arrivals(
      .deterministic(rate: rate), cuts: [Self.seconds(1000)], grid: nil, startsAt: 0,
      StreamSource(seed: 1, replication: 0))
    var instants: [Int64] = []
    while listed.through < Self.seconds(1000) {
      _ = listed.next()
      instants += listed.instants
    }
    let whole = Self.piece(.deterministic(rate: rate), to: 1000)
    #expect(whole.count == instants.count && whole.to == Self.seconds(1000))
    var source = Self.source(.deterministic(rate: rate))
    var rest = whole
    var again: [Int64] = []
    for end in [1, instants[2], instants[2] + 1, 500_000_000_000, instants[instants.count - 1]] {
      let (left, right) = source.split(rest, at: SimTime(nanoseconds: end))
      let begin = left.from.nanoseconds
      let inside = instants.count { $0 >= begin && $0 < end }
      #expect(left.count == inside)
      #expect(left.count + right.count == rest.count)
      again += Self.list(left, &source)
      rest = right
    }
    again += Self.list(rest, &source)
    #expect(again == instants)
  }

  /// Sums of many are those of an arithmetic series, but for half a nanosecond each.
  @Test(arguments: [7.0, 3_333_333]) func sumsOfManyAreOfASeries(rate: Double) {
    let regular = RegularInstants(rate: rate)
    for numbers in [1..<4097, 10..<20_011] {
      let sum = numbers.reduce(UInt128(0)) { $0 + UInt128(regular.instant(of: $1).nanoseconds) }
      let found = regular.sum(numbers)
      #expect(max(sum, found) - min(sum, found) <= UInt128(numbers.count) / 2)
      #expect(numbers.count > 4096 || sum == found)
    }
  }

  /// A hundred thousand a second and blocks every 2 s: what comes with a block or 10 µs after another waits 1 s less 5 µs on
  /// average, and no longer than 2 s.
  @Test func manyRegularArrivalsWaitAsLongAsTheyDo() {
    var source = Self.source(.deterministic(rate: 100_000))
    let streams = StreamSource(seed: 1, replication: 0)
    var draws = WorkloadStreams(streams)
    let end = source.end(through: Self.seconds(60))
    let (piece, _) = source.split(Self.piece(.deterministic(rate: 100_000), to: 100), at: end)
    let cohort = source.draw(piece, isMeasured: true, &draws)
    #expect(cohort.totals.count == 6_000_000)
    let times = source.times(of: cohort, every: .seconds(2), endingAt: Self.seconds(60))
    #expect(times.submissions.sum == 10_000 * 6_000_000 * 6_000_001 / 2)
    #expect(times.sealInstants - times.submissions.sum == 999_995_000 * 6_000_000)
    #expect(times.waits.upperBound == SimDuration(nanoseconds: 1_999_990_000))
  }

  /// 20 a second and blocks every 2 s: of 40 in a block the last comes with it, and the first 1.95 s before.
  @Test func regularArrivalsWaitAsLongAsTheyDo() {
    var source = Self.source(.deterministic(rate: 20))
    let streams = StreamSource(seed: 1, replication: 0)
    var draws = WorkloadStreams(streams)
    let end = source.end(through: Self.seconds(60))
    let (piece, _) = source.split(Self.piece(.deterministic(rate: 20), to: 100), at: end)
    let cohort = source.draw(piece, isMeasured: true, &draws)
    #expect(cohort.totals.count == 1200)
    let times = source.times(of: cohort, every: .seconds(2), endingAt: Self.seconds(60))
    #expect(times.submissions.count == 1200)
    #expect(times.submissions.sum == 50_000_000 * 1200 * 1201 / 2)
    #expect(times.submissions.first.nanoseconds == 50_000_000)
    #expect(times.submissions.last == Self.seconds(60))
    // Mean 0.975 s.
    #expect(times.sealInstants - times.submissions.sum == 975_000_000 * 1200)
    #expect(times.waits == .zero...SimDuration(nanoseconds: 1_950_000_000))
    let (at, behind) = (source.hasArrival(at: Self.seconds(60)), source.hasArrival(at: end))
    #expect(at && !behind)
    let lastBlock = source.lastInstant(of: cohort)
    #expect(lastBlock == Self.seconds(60))
  }

  /// A class that is not sent leaves its share of a regular cohort in each part.
  ///
  /// Seed 1, 1000 cohorts of 1000 of which about 500 are sent, cut at a quarter. The number on the left is
  /// binomial with 250 and 1/2. False alarm 1e-6 at |z| < 4.9 of the mean, 1e-6 at 22 % of the variance;
  /// detects a mean off by 1.3.
  @Test func classesThatAreNotSentAreLeftOut() {
    var policy = Self.policy(.deterministic(rate: 10))
    policy.profiles[TransactionClass.swap.rawValue].begins = .seconds(5000)
    let streams = StreamSource(seed: 1, replication: 0)
    var source = CohortSource(policy, needsProverWork: false, streams)
    var draws = WorkloadStreams(streams)
    let piece = Self.piece(.deterministic(rate: 10), to: 100)
    #expect(piece.count == 999)
    var counts = Tally()
    for _ in 0..<1000 {
      let cohort = source.draw(piece, isMeasured: true, &draws)
      let (left, right) = source.cut(cohort, at: SimTime(nanoseconds: 25_000_000_001))
      #expect(left.piece.count == 250 && right.piece.count == 749)
      #expect(left.totals.count + right.totals.count == cohort.totals.count)
      counts.record(Double(left.totals.count))
    }
    #expect(abs(counts.mean - 125) < 4.9 * (62.5 / 1000).squareRoot())
    #expect(abs((counts.variance ?? 0) / 62.5 - 1) < 0.22)
  }

  // MARK: Groups

  private static let groups = ArrivalProcess.groups(GroupedArrivals(rate: 1))

  /// Parts of groups are independent compound Poisson numbers, as parts of single groups are.
  ///
  /// Seed 1, 4000 replications of 1000 s with 100 groups of 10, cut at a quarter: mean 250 and variance 4750,
  /// 250 · 19, on the left; 750 and 14,250 on the right; no correlation. False alarm 1e-6 at |z| < 4.9 of means
  /// and of the correlation, less at 16 % of variances, whose standard error is 2.4 %. A cut without groups has
  /// the variance 1375 on the left.
  @Test func partsOfGroupsAreIndependent() {
    var (lefts, rights, sums) = (Tally(), Tally(), Tally())
    for replication in 0..<4000 as Range<UInt64> {
      var source = Self.source(Self.groups, StreamSource(seed: 1, replication: replication))
      let piece = Self.piece(Self.groups, to: 1000, replication)
      let (left, right) = source.split(piece, at: Self.seconds(250))
      #expect(left.count >= left.groups && right.count >= right.groups)
      #expect(left.count + right.count == piece.count)
      lefts.record(Double(left.count))
      rights.record(Double(right.count))
      sums.record(Double(piece.count))
    }
    let root = 4000.0.squareRoot()
    for (tally, mean) in [(lefts, 250.0), (rights, 750)] {
      #expect(abs(tally.mean - mean) < 4.9 * (19 * mean).squareRoot() / root, "\(tally.mean)")
      #expect(abs((tally.variance ?? 0) / (19 * mean) - 1) < 0.16, "\(tally.variance ?? 0)")
    }
    let (left, right) = (lefts.variance ?? 0, rights.variance ?? 0)
    let covariance = ((sums.variance ?? 0) - left - right) / 2
    #expect(abs(covariance) < 4.9 / root * (left * right).squareRoot(), "\(covariance)")
  }

  /// Pearson's chi-square of the number in half of the time, of 10 in 3 groups.
  ///
  /// Sizes are any three positive ones that add up to 10, 36 of them: nothing and all have 1/8 each, 1 to 9 have
  /// 1/12. Seed 1, 50,000 draws, false alarm 1e-6 at 46.9 (10 degrees of freedom), detects a
  /// probability of 1/12 that is off by a tenth.
  @Test func aSplitOfThreeGroupsIsExact() {
    var source = Self.source(Self.groups)
    let piece = ArrivalPiece(from: .start, to: Self.seconds(100), count: 10, groups: 3)
    var counts = [Double](repeating: 0, count: 11)
    for _ in 0..<50_000 {
      let (left, _) = source.split(piece, at: Self.seconds(50))
      counts[left.count] += 1
    }
    var statistic = 0.0
    for (number, count) in counts.enumerated() {
      let expected = number == 0 || number == 10 ? 6250 : 50_000.0 / 12
      statistic += (count - expected) * (count - expected) / expected
    }
    #expect(statistic < 46.9, "\(counts)")
  }

  /// Pearson's chi-square of the size of the first group that is listed, of 10 in 3 groups.
  ///
  /// Size s has (9 − s)/36 from 1 to 8. Seed 1, 50,000 draws, false alarm 1e-6 at 40.6 (7 degrees of
  /// freedom), detects a probability of 1/9 that is off by a tenth.
  @Test func listedGroupsHaveTheirSizes() {
    var source = Self.source(Self.groups)
    let piece = ArrivalPiece(from: .start, to: Self.seconds(100), count: 10, groups: 3)
    var counts = [Double](repeating: 0, count: 8)
    for _ in 0..<50_000 {
      let instants = Self.list(piece, &source)
      #expect(instants.count == 10 && Set(instants).count == 3 && instants == instants.sorted())
      counts[instants.count { $0 == instants[0] } - 1] += 1
    }
    var statistic = 0.0
    for (place, count) in counts.enumerated() {
      let expected = 50_000 * Double(8 - place) / 36
      statistic += (count - expected) * (count - expected) / expected
    }
    #expect(statistic < 40.6, "\(counts)")
  }

  /// The first instant is that of the first of three groups, whatever they have: at a quarter of the time.
  ///
  /// Seed 1, 20,000 draws with a standard deviation of 0.194 of the time. False alarm 1e-6 each; detects 0.0067,
  /// where thirty independent ones have their first at 0.032.
  @Test func edgesAreThoseOfGroups() {
    var source = Self.source(Self.groups)
    var draws = WorkloadStreams(StreamSource(seed: 1, replication: 0))
    let end = Self.seconds(1000)
    let piece = ArrivalPiece(from: .start, to: end, count: 30, groups: 3)
    var (firsts, lasts) = (Tally(), Tally())
    for _ in 0..<20_000 {
      let cohort = source.draw(piece, isMeasured: true, &draws)
      let times = source.times(of: cohort, every: .seconds(2), endingAt: end)
      #expect(times.submissions.sum == UInt128(30 * end.nanoseconds / 2))
      firsts.record(times.submissions.first.seconds / 1000)
      lasts.record(1 - times.submissions.last.seconds / 1000)
    }
    #expect(abs(firsts.mean - 0.25) < 0.0067, "\(firsts.mean)")
    // Where the edges cross, the first is the last: nearer by 3/4 · B(5, 3) = 1/140.
    #expect(abs(lasts.mean - 0.25 + 1.0 / 140) < 0.0067, "\(lasts.mean)")
  }

  /// All of one group are at one instant.
  @Test func aGroupHasOneInstant() {
    var source = Self.source(Self.groups)
    var draws = WorkloadStreams(StreamSource(seed: 1, replication: 0))
    let piece = ArrivalPiece(from: .start, to: Self.seconds(1000), count: 30, groups: 1)
    let cohort = source.draw(piece, isMeasured: true, &draws)
    let times = source.times(of: cohort, every: .seconds(2), endingAt: Self.seconds(1000))
    #expect(times.submissions.sum == 30 * UInt128(times.submissions.first.nanoseconds))
    #expect(times.submissions.last.nanoseconds - times.submissions.first.nanoseconds <= 1)
  }

  /// With as many groups as are called quiet, a limit is exceeded with less than e^−35, by Panjer's recursion.
  @Test func quietGroupsStayBelow() {
    var groups = GroupedArrivals(rate: 1)
    groups.size = 3
    let limit = 500
    let number = groups.quietMean(below: Double(limit)) / groups.size
    #expect(number > 40)
    let sizes: [Double] = (0..<2000).map { $0 == 0 ? 0 : pow(2.0 / 3, Double($0 - 1)) / 3 }
    var probabilities = [exp(-number)]
    for total in 1..<2000 {
      var sum = 0.0
      for size in 1...total { sum += Double(size) * sizes[size] * probabilities[total - size] }
      probabilities.append(number / Double(total) * sum)
    }
    let above = probabilities[limit...].reduce(0, +)
    #expect(above < exp(-35) && above > 1e-22, "\(above)")
    #expect(groups.quietMean(below: 100) == 0)
  }

  // MARK: Copies

  /// A copy that draws the same splits and lists the same, of either process.
  @Test(arguments: [groups, .deterministic(rate: 1)])
  func aCopySplitsTheSame(_ process: ArrivalProcess) {
    var source = Self.source(process)
    let piece = Self.piece(process, to: 1000)
    _ = source.split(piece, at: Self.seconds(700))
    var copy = source.copy(drawing: .same)
    let (mine, others) = (
      source.split(piece, at: Self.seconds(300)).left,
      copy.split(piece, at: Self.seconds(300)).left
    )
    #expect(mine.count == others.count && mine.groups == others.groups)
    let (instants, again) = (Self.list(mine, &source), Self.list(others, &copy))
    #expect(instants == again && instants.count == mine.count)
  }
}
