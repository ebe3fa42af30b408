import Statistics
import Testing

/// Estimators of variance shares against their formulas.
@Suite struct VarianceIndicesTests {
  /// Two base points and one factor, by hand: A = 1, 3; B = 2, 6; C = 2, 6, for one factor is all.
  ///
  /// Mean 3, V = (4 + 0 + 1 + 9) / 4 = 3.5; S = (−1 · 1 + 3 · 3) / 2 / 3.5; T = (1 + 9) / 4 / 3.5.
  @Test func theIndicesOfFourResponsesByHand() throws {
    let indices = try #require(VarianceIndices(responses: [1, 3, 2, 6, 2, 6], factors: 1))
    let factors = try #require(indices.factors(Words.bootstrap(confidence: 0.9, seed: 1)))
    #expect(factors.count == 1 && indices.points == 2)
    #expect(abs(factors[0].first.value - 4 / 3.5) < 1e-12)
    #expect(abs(factors[0].total.value - 2.5 / 3.5) < 1e-12)
  }

  /// Responses in wei are far from zero; what is added to all of them changes no index.
  @Test func aConstantChangesNothing() throws {
    let responses: [Double] = [1, 3, 2, 6, 2, 6, 1, 3]
    func factors(_ constant: Double) throws -> [VarianceIndices.Factor] {
      let moved = responses.map { $0 + constant }
      let indices = try #require(VarianceIndices(responses: moved, factors: 2))
      return try #require(indices.factors(Words.bootstrap(confidence: 0.9, seed: 1)))
    }
    #expect(try factors(0x1p40) == factors(0))
    #expect(try factors(0)[1].first.value == 0 && factors(0)[1].total.value == 0)
  }

  @Test func whatHasNoVarianceHasNoIndices() throws {
    let indices = try #require(
      VarianceIndices(responses: [Double](repeating: 0.1, count: 15), factors: 3))
    #expect(indices.factors(Words.bootstrap(confidence: 0.9, seed: 1)) == nil)
  }

  @Test func oneBasePointHasNoInterval() throws {
    let indices = try #require(VarianceIndices(responses: [1, 2, 2], factors: 1))
    let factors = try #require(indices.factors(Words.bootstrap(confidence: 0.9, seed: 1)))
    #expect(factors[0].first.interval == nil && factors[0].total.interval == nil)
  }

  @Test(arguments: [(0, 1), (4, 1), (7, 3), (3, 0)]) func whatIsNotOfEqualBlocksIsRefused(
    count: Int, factors: Int
  ) {
    let responses = [Double](repeating: 0, count: count)
    #expect(VarianceIndices(responses: responses, factors: factors) == nil)
  }
}
