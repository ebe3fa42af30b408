import CGSL
import Foundation
import Testing

@testable import Randomness

/// Ranks by a Zipf law, beside probabilities that are summed up directly.
@Suite struct ZipfLawTests {
  private static let exponents = [0, 0.5, 0.8, 1, 1.2, 2, 3]

  private static func probabilities(_ count: Int, _ exponent: Double) -> [Double] {
    let weights = (1...count).map { pow(Double($0), -exponent) }
    // From the smallest on, so that nothing is lost.
    let sum = weights.reversed().reduce(0, +)
    return weights.map { $0 / sum }
  }

  /// Pearson's chi-square of 1,000,000 draws from 20 ranks.
  ///
  /// Seed 1, replications 0 to 6. False alarm 1e-6 each (χ² with 19 degrees of freedom). Detects frequencies that
  /// are off by 1.5 % of themselves: χ² is then 200 more.
  @Test(arguments: exponents.enumerated().map { ($0, $1) })
  func frequenciesAreThoseOfTheLaw(_ example: (replication: Int, exponent: Double)) {
    let law = ZipfLaw(count: 20, exponent: example.exponent)
    var stream = RandomStream(seed: 1, replication: UInt64(example.replication), name: "zipf")
    var counts = [Double](repeating: 0, count: 21)
    for _ in 0..<1_000_000 { counts[Int(law.sample(&stream))] += 1 }
    #expect(counts[0] == 0)
    let expected = Self.probabilities(20, example.exponent).map { $0 * 1e6 }
    let statistic = zip(counts.dropFirst(), expected).reduce(0) { sum, pair in
      sum + (pair.0 - pair.1) * (pair.0 - pair.1) / pair.1
    }
    #expect(gsl_cdf_chisq_Q(statistic, 19) > 1e-6, "\(example.exponent): \(statistic)")
  }

  /// A thousand million ranks, for which no table has room.
  ///
  /// Seed 2. H0: at exponent 1 a share H(1000) / H(10⁹) = 7.485470860550345 / 21.300481502347944 of draws are
  /// below 1001, at 2 a share 6/π² of them are 1. 200,000 draws, false alarm 1e-6 (|z| < 4.9) each; detects 0.006.
  @Test(arguments: [
    (1.0, 1000 as UInt64, 7.485470860550345 / 21.300481502347944), (2, 1, 0.6079271018540267),
    (0, 250_000_000, 0.25),
  ]) func manyRanksNeedNoTable(_ example: (exponent: Double, last: UInt64, share: Double)) {
    let law = ZipfLaw(count: 1_000_000_000, exponent: example.exponent)
    var stream = RandomStream(seed: 2, replication: 0, name: "zipf")
    let count = 200_000
    var hits = 0
    for _ in 0..<count {
      let rank = law.sample(&stream)
      #expect((1...law.count).contains(rank))
      if rank <= example.last { hits += 1 }
    }
    let deviation = (example.share * (1 - example.share) * Double(count)).squareRoot()
    #expect(abs(Double(hits) - example.share * Double(count)) < 4.9 * deviation)
  }

  @Test func oneRankIsAlwaysDrawn() {
    var stream = RandomStream(seed: 3, replication: 0, name: "zipf")
    for exponent in Self.exponents {
      let law = ZipfLaw(count: 1, exponent: exponent)
      for _ in 0..<100 { #expect(law.sample(&stream) == 1) }
      #expect(law.expectedDistinct(draws: 5) == 1)
    }
  }

  /// Two slots that are alike: of two draws 2 (1 − ¼) are different.
  @Test func expectedDistinctByHand() {
    let law = ZipfLaw(count: 2, exponent: 0)
    #expect(abs(law.expectedDistinct(draws: 2) - 1.5) < 1e-15)
    #expect(abs(law.expectedDistinct(draws: 1) - 1) < 1e-15)
    #expect(law.expectedDistinct(draws: 0) == 0)
    // Weights 1 and ½, so p = ⅔, ⅓: 1 − 1/27 + 1 − 8/27.
    #expect(abs(ZipfLaw(count: 2, exponent: 1).expectedDistinct(draws: 3) - 5.0 / 3) < 1e-14)
  }

  /// The sum over all ranks, one by one.
  @Test(arguments: exponents) func expectedDistinctIsTheSum(exponent: Double) {
    let probabilities = Self.probabilities(200_000, exponent)
    let law = ZipfLaw(count: 200_000, exponent: exponent)
    for draws in [1.0, 100, 30_000, 1e6, 1e8] {
      let sum = probabilities.reversed().reduce(0) { $0 - expm1(draws * log1p(-$1)) }
      #expect(abs(law.expectedDistinct(draws: draws) / sum - 1) < 1e-6, "\(exponent), \(draws)")
    }
  }
}
