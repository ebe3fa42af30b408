import Randomness
import Statistics
import Testing

/// Means of stretches and the length of a beginning.
@Suite struct SteadyStateTests {
  /// An autoregressive series x' = φx + ε: variance 1/(1 − φ²), mean 0.
  private static func series(_ phi: Double, _ count: Int, _ stream: inout RandomStream) -> [Double]
  {
    var value = stream.standardNormal() / (1 - phi * phi).squareRoot()
    return (0..<count).map { _ in
      defer { value = phi * value + stream.standardNormal() }
      return value
    }
  }

  @Test func stretchesDoubleAndKeepTheirMeans() {
    var batches = BatchMeans(fewest: 2)
    for value in 1...9 { batches.record(Double(value)) }
    // 1 to 4 are two stretches of 2, then 1 to 8 two of 4; the ninth waits.
    #expect(batches.size == 4)
    #expect(batches.tally.count == 2)
    #expect(batches.tally.mean == 4.5)
    #expect(batches.tally.variance == 8)
  }

  /// Of the means 1, 3, 2, 6 about 3: (−2·0 + 0·−1 + −1·3)/(14/3 · 3) = −3/14.
  @Test func theCorrelationOfNeighboursIsThatByHand() throws {
    var batches = BatchMeans(fewest: 4)
    for value in [1.0, 3, 2, 6] { batches.record(value) }
    #expect(abs(try #require(batches.neighbourCorrelation) + 3.0 / 14) < 1e-12)
  }

  /// 20 to 40 stretches of 20,000 observations of a series with φ = 0.9.
  ///
  /// Seed 1, 500 experiments. H0: coverage 0.95. False alarm 1e-6 (|z| < 4.9: 0.902 to 0.998). Detects
  /// Student's interval over single observations, which covers a third of the time here.
  @Test func stretchesOfACorrelatedSeriesCoverItsMean() throws {
    var stream = RandomStream(seed: 1, replication: 0, name: "stretches")
    var hits = 0.0
    for _ in 0..<500 {
      var batches = BatchMeans()
      for value in Self.series(0.9, 4000, &stream) { batches.record(value) }
      let interval = try #require(batches.interval(confidence: 0.95))
      if interval.low < 0 && 0 < interval.high { hits += 1 }
    }
    #expect(abs(hits - 475) < 4.9 * (500 * 0.95 * 0.05).squareRoot())
  }

  @Test func aBeginningThatDiffersIsCutOff() {
    let steady = (0..<500).map { [1.0, -1, 0, 2, -2][$0 * 7 % 5] }
    let series = [Double](repeating: 50, count: 60) + steady
    #expect(InitialTransient.length(of: series) == 60)
    #expect(InitialTransient.length(of: steady) == 0)
  }

  /// The squared standard errors by hand: means 9, 1, 1, 1 of five each; all four have Σ 48 over 16,
  /// the last three have 0.
  @Test func aShortSeriesIsCutByTheSameRule() {
    let series = [9.0, 1, 1, 1].flatMap { [Double](repeating: $0, count: 5) }
    #expect(InitialTransient.length(of: series) == 5)
  }

  /// A series that grows to its end has no steady part.
  @Test func aSeriesThatNeverSettlesHasNoLength() {
    #expect(InitialTransient.length(of: (0..<200).map(Double.init)) == nil)
    #expect(InitialTransient.length(of: [1, 2, 3]) == nil)
  }

  /// What decays like 10·e^(−t/50) over unit noise has fallen to a tenth of the noise after 230
  /// observations, and is 10 at the beginning.
  ///
  /// Seed 1, 200 series of 2,000. Between 60 and 600 observations are cut off in at least 95 % of
  /// them; cutting nothing, or a fixed share such as a tenth or half, fails.
  @Test func whatDecaysIsCutWhereItDrownsInNoise() {
    var stream = RandomStream(seed: 1, replication: 0, name: "decay")
    var sensible = 0
    for _ in 0..<200 {
      var decay = 10.0
      let series = (0..<2000).map { _ in
        decay *= 0.9801987
        return decay + stream.standardNormal()
      }
      if let length = InitialTransient.length(of: series), 60...600 ~= length { sensible += 1 }
    }
    #expect(sensible >= 190)
  }
}
