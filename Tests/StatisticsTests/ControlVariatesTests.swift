import Randomness
import Statistics
import Testing

/// The regression of a response on controls, by hand and against its promise.
@Suite struct ControlVariatesTests {
  private static func variates(_ responses: [Double], _ controls: [Double]...) -> ControlVariates {
    var variates = ControlVariates(controls: controls.count)
    for (run, response) in responses.enumerated() {
      variates.record(response, controls.map { $0[run] })
    }
    return variates
  }

  /// One control.
  ///
  /// Responses 1, 2, 4, 5 on a control −1, 0, 1, 2: ȳ = 3, c̄ = 1/2, S_cc = 5, S_cy = 7, S_yy = 10, so
  /// β = 1.4, the mean 3 − 0.7, the residual 0.2, s² = 0.1 and the variance 0.1 (1/4 + 1/20) = 0.03.
  /// t(0.975; 2) = 4.302653 and t(0.975; 3) = 3.182446 from printed tables.
  @Test func oneControlByHand() throws {
    let found = try #require(
      Self.variates([1, 2, 4, 5], [-1, 0, 1, 2]).estimate(confidence: 0.95))
    let half = 4.302653 * 0.03.squareRoot()
    let plain = 3.182446 * (10.0 / 3 / 4).squareRoot()
    #expect(abs(found.mean - 2.3) < 1e-12)
    #expect(abs(found.interval.low - (2.3 - half)) < 1e-6)
    #expect(abs(found.interval.high - (2.3 + half)) < 1e-6)
    #expect(abs(found.correlation - 7 / 50.0.squareRoot()) < 1e-12)
    #expect(abs(found.runsSaved - plain * plain / (half * half)) < 1e-4)
  }

  /// Two controls.
  ///
  /// Responses 1, 2, 4, 9 on two controls that are orthogonal about means of 0.5 and −0.25:
  /// β = (10/4, 6/4), the mean 4 − 2.5 · 0.5 + 1.5 · 0.25 = 3.125, the residual 38 − 25 − 9 = 4 and the
  /// variance 4 (1/4 + 0.25/4 + 0.0625/4) = 1.3125. t(0.95; 1) = 6.313752.
  @Test func twoControlsByHand() throws {
    let first = [-0.5, -0.5, 1.5, 1.5]
    let second = [-1.25, 0.75, -1.25, 0.75]
    let found = try #require(
      Self.variates([1, 2, 4, 9], first, second).estimate(confidence: 0.9))
    #expect(abs(found.mean - 3.125) < 1e-12)
    #expect(abs(found.interval.high - 3.125 - 6.313752 * 1.3125.squareRoot()) < 1e-5)
    #expect(abs(found.correlation - (34.0 / 38).squareRoot()) < 1e-12)
  }

  /// The regression does not depend on which controls span the same space.
  @Test func mixturesOfControlsSayTheSame() throws {
    var stream = RandomStream(seed: 3, replication: 0, name: "controls")
    let first = (0..<20).map { _ in stream.standardNormal() }
    let second = (0..<20).map { _ in stream.standardNormal() }
    let responses = zip(first, second).map { 5 + $0 - 2 * $1 + stream.standardNormal() }
    let mixed = zip(first, second).map { 1e6 * ($0 + 3 * $1) }
    let plain = try #require(
      Self.variates(responses, first, second).estimate(confidence: 0.95))
    let other = try #require(Self.variates(responses, mixed, first).estimate(confidence: 0.95))
    #expect(abs(plain.mean - other.mean) < 1e-11)
    #expect(abs(plain.interval.high - other.interval.high) < 1e-10)
    #expect(abs(plain.runsSaved - other.runsSaved) < 1e-9)
  }

  @Test func whatCannotBeEstimatedIsNil() {
    let responses = [1.0, 2, 4, 9, 3]
    let control = [1.0, 5, 2, 2, 7]
    func estimate(_ variates: ControlVariates) -> ControlVariates.Estimate? {
      variates.estimate(confidence: 0.95)
    }
    #expect(estimate(Self.variates([1, 2], [1, 5])) == nil, "no degree of freedom")
    #expect(estimate(Self.variates(responses, [3, 3, 3, 3, 3])) == nil, "a constant")
    #expect(estimate(Self.variates(responses, control, control.map { 2 * $0 })) == nil, "collinear")
    #expect(estimate(Self.variates(responses, control)) != nil)
  }

  /// A normal pair of correlation 0.9 saves 1 / (1 − 0.9²) = 5.26 times the runs.
  ///
  /// Seed 5, 10,000 pairs. The relative standard error is 2r/√n = 1.8 %; the limit of 9 % has a false
  /// alarm of 6e-7. Detects a correlation that is off by 0.01, or a ratio of deviations (2.29).
  @Test func theGainIsThatOfTheCorrelation() throws {
    var stream = RandomStream(seed: 5, replication: 0, name: "gain")
    var variates = ControlVariates(controls: 1)
    for _ in 0..<10_000 {
      let control = stream.standardNormal()
      let response = 0.9 * control + 0.19.squareRoot() * stream.standardNormal()
      variates.record(1000 + 7 * response, [3 * control])
    }
    let found = try #require(variates.estimate(confidence: 0.95))
    #expect(abs(found.runsSaved * 0.19 - 1) < 0.09)
    #expect(abs(found.correlation - 0.9) < 0.01)
  }

  /// Intervals from six normal runs with two controls cover the mean as often as they say.
  ///
  /// Seed 6, 10,000 experiments. H0: coverage 0.9, exact for normal data. False alarm 1e-6 (|z| < 4.9:
  /// 8,853 to 9,147 hits). Detects the quantile of n − 1 degrees of freedom in place of n − q − 1
  /// (coverage 0.862), and a variance without the term of the controls' own means (0.828).
  @Test func coverageOfNormalDataIsTheConfidence() throws {
    var stream = RandomStream(seed: 6, replication: 0, name: "controlled coverage")
    var hits = 0
    for _ in 0..<10_000 {
      var variates = ControlVariates(controls: 2)
      for _ in 0..<6 {
        let (first, second) = (stream.standardNormal(), stream.standardNormal())
        variates.record(40 + first - 2 * second + stream.standardNormal(), [first, first + second])
      }
      let interval = try #require(variates.estimate(confidence: 0.9)).interval
      if interval.low < 40 && 40 < interval.high { hits += 1 }
    }
    #expect(abs(Double(hits) - 9000) < 4.9 * 900.0.squareRoot())
  }
}
