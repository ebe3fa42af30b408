import Foundation
import Randomness
import Statistics
import Testing

@testable import Designs

/// Indices of functions with known ones, on the rows that the designs make.
@Suite struct SensitivityIndexTests {
  private func factors(
    _ points: Int, _ count: Int, _ function: ([Double]) -> Double
  ) throws -> [VarianceIndices.Factor] {
    let rows = Sampling.saltelli(points: points).rows(factors: count, seed: 1)
    let indices = try #require(
      VarianceIndices(responses: rows.map(function), factors: count))
    #expect(indices.points == points)
    var stream = RandomStream(seed: 1, replication: 0, name: "bootstrap")
    return try #require(
      indices.factors(Bootstrap(confidence: 0.95, resamples: 199) { stream.nextWord() }))
  }

  /// The largest errors of first and total indices; each interval must hold the truth.
  private func errors(
    _ found: [VarianceIndices.Factor], _ first: [Double], _ total: [Double]
  ) -> (first: Double, total: Double) {
    var errors = (first: 0.0, total: 0.0)
    for (index, factor) in found.enumerated() {
      errors.first = max(errors.first, abs(factor.first.value - first[index]))
      errors.total = max(errors.total, abs(factor.total.value - total[index]))
      for (estimate, truth) in [(factor.first, first[index]), (factor.total, total[index])] {
        guard let interval = estimate.interval else {
          Issue.record("no interval")
          continue
        }
        // Of points that are even, the error is far below what the bootstrap takes for random.
        #expect(interval.low - 1e-3 < truth && truth < interval.high + 1e-3)
      }
    }
    return errors
  }

  /// Ishigami and Homma's function sin x + 7 sin² y + 0.1 z⁴ sin x from −π to π.
  ///
  /// The design is fixed, so there is no false alarm; the largest errors are 0.037, 0.023 and 0.0004.
  @Test(arguments: [(256, 0.05), (1024, 0.03), (8192, 0.0005)])
  func ishigami(points: Int, bound: Double) throws {
    let found = try factors(points, 3) { shares in
      let x = shares.map { .pi * (2 * $0 - 1) }
      return sin(x[0]) + 7 * pow(sin(x[1]), 2) + 0.1 * pow(x[2], 4) * sin(x[0])
    }
    let errors = errors(found, [0.3139052, 0.4424111, 0], [0.5575889, 0.4424111, 0.2436837])
    #expect(errors.first < bound && errors.total < bound)
  }

  /// Sobol's g-function, the product of (|4 xᵢ − 2| + aᵢ) / (1 + aᵢ).
  ///
  /// Factor i has the variance 1 / (3 (1 + aᵢ)²) alone. The largest errors are 0.032, 0.006 and 0.0002.
  @Test(arguments: [(256, 0.04), (1024, 0.01), (8192, 0.0005)])
  func sobolG(points: Int, bound: Double) throws {
    let a: [Double] = [0, 1, 4.5, 9, 99]
    let parts = a.map { 1 / (3 * pow(1 + $0, 2)) }
    let variance = parts.reduce(1) { $0 * (1 + $1) } - 1
    let found = try factors(points, 5) { x in
      zip(a, x).reduce(1) { $0 * (abs(4 * $1.1 - 2) + $1.0) / (1 + $1.0) }
    }
    let errors = errors(
      found, parts.map { $0 / variance },
      parts.map { $0 / (1 + $0) * (variance + 1) / variance })
    #expect(errors.first < bound && errors.total < bound)
  }

  /// On rows of the design as it is: steps of 2/3 up and down.
  @Test func elementaryEffectsOfALinearFunction() throws {
    let rows = Sampling.morris(trajectories: 10, levels: 4).rows(factors: 4, seed: 3)
    let responses = rows.map { 5 + 2 * $0[0] - 3 * $0[1] + 0.5 * $0[2] }
    let effects = try #require(ElementaryEffects(rows: rows, responses: responses))
    var stream = RandomStream(seed: 1, replication: 0, name: "bootstrap")
    let found = effects.factors(Bootstrap(confidence: 0.95, resamples: 99) { stream.nextWord() })
    for (factor, slope) in zip(found, [2, -3, 0.5, 0]) {
      #expect(abs(factor.mean.value - slope) < 1e-12)
      #expect(abs(factor.absoluteMean.value - abs(slope)) < 1e-12)
      #expect((factor.deviation?.value ?? 1) < 1e-12)
    }
  }
}
