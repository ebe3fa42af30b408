import Statistics
import Testing

/// Elementary effects on functions whose effects are known.
@Suite struct ElementaryEffectsTests {
  /// Four trajectories of three factors on thirds: starts, order of moves, up and down.
  private static let rows: [[Double]] = [
    ([0, 0, 0], [0, 1, 2]), ([3, 0, 2], [2, 0, 1]), ([1, 2, 1], [1, 2, 0]),
    ([0, 3, 1], [1, 0, 2]),
  ].flatMap { (start: [Int], order: [Int]) in
    var place = start
    var places = [place]
    for factor in order {
      place[factor] += place[factor] < 2 ? 2 : -2
      places.append(place)
    }
    return places.map { $0.map { Double($0) / 3 } }
  }

  private func factors(_ function: ([Double]) -> Double) throws -> [ElementaryEffects.Factor] {
    let effects = try #require(
      ElementaryEffects(rows: Self.rows, responses: Self.rows.map(function)))
    #expect(effects.effects.map(\.count) == [4, 4, 4])
    return effects.factors(Words.bootstrap(confidence: 0.95, seed: 1))
  }

  /// Detects a sign that is lost where a factor moves down, a step that is not divided by, and a factor
  /// that is taken for another.
  @Test func theEffectsOfALinearFunctionAreItsCoefficients() throws {
    for (factor, slope) in zip(try factors { 7 + 3 * $0[0] - 2 * $0[1] }, [3.0, -2, 0]) {
      let deviation = try #require(factor.deviation)
      #expect(abs(factor.mean.value - slope) < 1e-12)
      #expect(abs(factor.absoluteMean.value - abs(slope)) < 1e-12)
      #expect(deviation.value < 1e-12)
      let interval = try #require(factor.mean.interval)
      #expect(interval.high - interval.low < 1e-12 && abs(interval.low - slope) < 1e-12)
    }
  }

  /// The effect of a factor of x y is the other one's place: by hand 0, 0, 0, 1/3 for x, and 2/3, 1/3,
  /// 1/3, 0 for y.
  @Test func theEffectsOfAProductAreTheOtherFactor() throws {
    let found = try factors { $0[0] * $0[1] }
    let byHand: [[Double]] = [[0, 0, 0, 1.0 / 3], [2.0 / 3, 1.0 / 3, 1.0 / 3, 0]]
    for (factor, effects) in zip(found, byHand) {
      var tally = Tally()
      for effect in effects { tally.record(effect) }
      #expect(abs(factor.mean.value - tally.mean) < 1e-12)
      #expect(abs((factor.deviation?.value ?? 0) - (tally.standardDeviation ?? 0)) < 1e-12)
    }
    #expect(found[2].absoluteMean.value == 0)
  }

  /// 1/3, −1/3, −1/3 and −1 cancel in μ, not in μ*.
  @Test func effectsOfEitherSignDoNotCancelWithoutTheirSigns() throws {
    let found = try factors { (2 * $0[0] - 1) * $0[1] }[1]
    #expect(abs(found.mean.value + 1.0 / 3) < 1e-12)
    #expect(abs(found.absoluteMean.value - 0.5) < 1e-12)
  }

  @Test func aSingleTrajectoryHasNoSpread() throws {
    let effects = try #require(ElementaryEffects(rows: [[0], [1]], responses: [1, 3]))
    let factor = effects.factors(Words.bootstrap(confidence: 0.9, seed: 1))[0]
    #expect(factor.mean == factor.absoluteMean && factor.mean.value == 2)
    #expect(factor.mean.interval == nil && factor.deviation == nil)
  }

  @Test func whatIsNoTrajectoryIsRefused() {
    func isRefused(_ rows: [[Double]], _ count: Int) -> Bool {
      ElementaryEffects(rows: rows, responses: [Double](repeating: 0, count: count)) == nil
    }
    #expect(isRefused([], 0), "no rows")
    #expect(isRefused([[]], 1), "no factors")
    #expect(isRefused([[0], [1]], 1), "a response is missing")
    #expect(isRefused([[0], [1], [0]], 3), "half a trajectory")
    #expect(isRefused([[0, 0], [1, 1], [1, 0]], 3), "two factors at once")
    #expect(isRefused([[0, 0], [1, 0], [0, 0]], 3), "one factor twice")
    #expect(isRefused([[0, 0], [0, 0], [1, 0]], 3), "no move")
    #expect(isRefused([[0, 0], [1], [1, 1]], 3), "a short row")
  }
}
