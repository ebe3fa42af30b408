import Statistics

@testable import Randomness

/// Mean and variance of a sample, standardised under the hypothesis of known moments.
struct SampleMoments {
  /// The sample mean, less the expected, in standard errors.
  let meanZ: Double
  /// The sample variance, less the expected, in asymptotic standard errors.
  let varianceZ: Double

  /// - Parameter excessKurtosis: of the hypothesis; Var(s²) = σ⁴ (κ + 2) / n for large n.
  init(
    of count: Int, mean: Double, variance: Double, excessKurtosis: Double, draw: () -> Double
  ) {
    var tally = Tally()
    for _ in 0..<count { tally.record(draw()) }
    meanZ = (tally.mean - mean) / (variance / Double(count)).squareRoot()
    let error = variance * ((excessKurtosis + 2) / Double(count)).squareRoot()
    varianceZ = ((tally.variance ?? .nan) - variance) / error
  }
}
