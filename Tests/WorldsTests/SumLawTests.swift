import EventKernel
import Randomness
import Statistics
import Testing

@testable import Rollup

/// Sums of what transactions use, drawn as one, against sums of single draws.
@Suite struct SumLawTests {
  /// Mean and variance of sums are those of single draws.
  ///
  /// Seed 1, 4000 sums of 100. False alarm 1e-6 at
  /// |z| < 4.9 of the mean, 1e-6 at 11 % of the variance.
  @Test(arguments: [
    Distribution.constant(7.4), .exponential(mean: 3), .gamma(mean: 1.5, cv: 0.2),
    .lognormal(mean: 150_000, cv: 0.5), .uniform(low: 2, high: 10),
    .hyperexponential(mean: 5, cv: 2),
  ]) func sumsHaveMeanAndVariance(_ distribution: Distribution) {
    let law = SumLaw(distribution, isWhole: false)
    var stream = RandomStream(seed: 1, replication: 0, name: "sums")
    var sums = Tally()
    for _ in 0..<4000 { sums.record(law.sum(of: 100, &stream)) }
    let variance = 100 * distribution.variance
    #expect(
      abs(sums.mean - 100 * distribution.mean)
        <= 4.9 * (variance / 4000).squareRoot() + 1e-9 * sums.mean)
    guard variance > 0 else { return }
    #expect(abs((sums.variance ?? 0) / variance - 1) < 0.11)
  }

  /// The distribution function of a sum of lognormals is as far from the gamma's as is stated.
  ///
  /// Seed 1, 100,000 sums of 100 with c = 0.5: the skewness is 0.1625 and
  /// 0.1, so 0.0042 at most; false alarm 1e-6 at 0.0084 more (Kolmogorov).
  @Test func theErrorIsAsStated() {
    let law = SumLaw(.lognormal(mean: 1, cv: 0.5), isWhole: false)
    var stream = RandomStream(seed: 1, replication: 0, name: "lognormals")
    let gamma = Distribution.gamma(shape: 100 * law.shape, scale: law.mean / law.shape)
    var values = [Double](repeating: 0, count: 100)
    let sums = (0..<100_000).map { _ in
      values.withUnsafeMutableBufferPointer {
        Distribution.lognormal(mean: 1, cv: 0.5).fill($0, &stream)
        return $0.reduce(0, +)
      }
    }.sorted()
    let distance =
      sums.enumerated().map { abs(gamma.cumulative($1) - Double($0) / 100_000) }.max() ?? 1
    let stated = (3 * 0.5 + 0.125 - 2 * 0.5) / 10 / (6 * 2.5066)
    #expect(distance < stated + 0.0084 && distance > stated / 3, "\(distance), \(stated)")
  }

  /// A cut keeps what there is, and the left part has its share.
  @Test func aCutKeepsAll() {
    let classes = TransactionClass.allCases
    let policy = Workload.Policy(
      arrivals: .poisson(rate: 1), mix: classes.map { _ in 1 },
      profiles: classes.map { _ in
        .init(
          gas: .lognormal(mean: 50_000, cv: 0.5), bytes: .lognormal(mean: 200, cv: 0.3),
          proverWork: .gamma(mean: 2, cv: 0.4))
      })
    let streams = StreamSource(seed: 1, replication: 0)
    var source = CohortSource(policy, needsProverWork: true, streams)
    var draws = WorkloadStreams(streams)
    let piece = ArrivalPiece(from: .start, to: .start + .seconds(100), count: 5000)
    var shares = Tally()
    for _ in 0..<2000 {
      let cohort = source.draw(piece, isMeasured: true, &draws)
      #expect(cohort.totals.count == 5000)
      let (left, right) = source.cut(cohort, at: .start + .seconds(25))
      var sum = left.totals
      sum.add(right.totals)
      #expect(sum.count == 5000 && sum.gas == cohort.totals.gas && sum.bytes == cohort.totals.bytes)
      #expect(left.to == right.from && left.from == cohort.from && right.to == cohort.to)
      shares.record(Double(left.totals.gas) / Double(left.totals.count))
    }
    // The mean gas of one; its standard error is 50,000 · 0.5 / √(1250 · 2000). False alarm 1e-6.
    #expect(abs(shares.mean - 50_000) < 4.9 * 16)
  }
}
