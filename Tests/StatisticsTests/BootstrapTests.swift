import Randomness
import Statistics
import Testing

/// Bootstrap intervals cover the truth as often as they say, on independent samples.
@Suite struct BootstrapTests {
  /// Hits of `covers` in so many experiments.
  private func hits(_ experiments: Int, _ covers: (inout RandomStream) throws -> Bool) rethrows
    -> Int
  {
    var stream = RandomStream(seed: 1, replication: 0, name: "bootstrap.coverage")
    var hits = 0
    for _ in 0..<experiments where try covers(&stream) { hits += 1 }
    return hits
  }

  private func isWithin(_ interval: ConfidenceInterval?, _ value: Double) -> Bool {
    interval.map { $0.low < value && value < $0.high } ?? false
  }

  /// The mean of ten normal effects.
  ///
  /// Seed 1, 1,000 experiments. H0: coverage 0.9. False alarm 1e-6 (|z| < 4.9: 854 to 946 hits). Detects
  /// percentiles that are not expanded for few units, which cover 0.85 or less.
  @Test func coverageOfAMeanEffect() throws {
    let hits = try hits(1000) { stream in
      let responses = (0..<20).map { $0.isMultiple(of: 2) ? 0 : 4 + 3 * stream.standardNormal() }
      let rows = (0..<20).map { [Double($0 % 2)] }
      let effects = try #require(ElementaryEffects(rows: rows, responses: responses))
      let bootstrap = Words.bootstrap(confidence: 0.9, seed: stream.nextWord())
      return isWithin(effects.factors(bootstrap)[0].mean.interval, 4)
    }
    #expect(abs(Double(hits) - 900) < 4.9 * 90.0.squareRoot())
  }

  /// Ishigami's function, whose indices are known, at random base points.
  ///
  /// Seed 1, 400 experiments of 128 base points. H0: coverage 0.9 of each index. False alarm 1e-6 for each
  /// (|z| < 4.9: 331 to 389 hits of 400). Detects intervals a quarter too narrow.
  @Test func coverageOfVarianceIndices() throws {
    var counts = [Int](repeating: 0, count: 6)
    _ = try hits(400) { stream in
      let a = (0..<128).map { _ in (0..<3).map { _ in stream.uniform() } }
      let b = (0..<128).map { _ in (0..<3).map { _ in stream.uniform() } }
      let mixed = (0..<3).flatMap { factor in
        zip(a, b).map { row, other in
          var row = row
          row[factor] = other[factor]
          return row
        }
      }
      let responses = (a + b + mixed).map(Ishigami.value)
      let indices = try #require(VarianceIndices(responses: responses, factors: 3))
      let bootstrap = Words.bootstrap(confidence: 0.9, seed: stream.nextWord())
      let factors = try #require(indices.factors(bootstrap))
      for (index, factor) in factors.enumerated() {
        if isWithin(factor.first.interval, Ishigami.first[index]) { counts[2 * index] += 1 }
        if isWithin(factor.total.interval, Ishigami.total[index]) { counts[2 * index + 1] += 1 }
      }
      return true
    }
    for count in counts { #expect(abs(Double(count) - 360) < 4.9 * 36.0.squareRoot()) }
  }

  @Test func theSameWordsGiveTheSameIntervals() throws {
    let rows = (0..<5).flatMap { _ in [[0.0], [1.0]] }
    let effects = try #require(
      ElementaryEffects(rows: rows, responses: [0, 1, 0, 2, 0, 4, 0, 8, 0, 16]))
    func factor(_ seed: UInt64) -> ElementaryEffects.Factor {
      effects.factors(Words.bootstrap(confidence: 0.8, seed: seed))[0]
    }
    #expect(factor(1) == factor(1))
    #expect(factor(1) != factor(2))
  }
}
