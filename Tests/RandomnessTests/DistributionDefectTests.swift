import Randomness
import Testing

/// Every parameter that makes no distribution of non-negative values is named; none is repaired.
@Suite struct DistributionDefectTests {
  /// Defective whatever the parameter.
  static let neverValid = [Double.nan, .signalingNaN, .infinity, -.infinity]

  @Test(arguments: neverValid)
  func aParameterThatIsNotFiniteIsADefect(_ bad: Double) {
    let distributions: [Distribution] = [
      .constant(bad), .uniform(low: bad, high: 1), .uniform(low: 0, high: bad),
      .exponential(mean: bad), .gamma(shape: bad, scale: 1), .gamma(shape: 1, scale: bad),
      .lognormal(mu: bad, sigma: 1), .lognormal(mu: 0, sigma: bad),
      .lognormal(mean: bad, cv: 1), .lognormal(mean: 1, cv: bad),
      .gamma(mean: bad, cv: 1), .gamma(mean: 1, cv: bad),
    ]
    for distribution in distributions { #expect(distribution.defect != nil, "\(distribution)") }
  }

  @Test(
    arguments: [
      .constant(-1), .uniform(low: -1, high: 1), .uniform(low: 2, high: 1),
      .exponential(mean: -1), .exponential(mean: 0), .exponential(mean: -0.0),
      .gamma(shape: -1, scale: 1), .gamma(shape: 1, scale: -1), .gamma(shape: 0, scale: 1),
      .gamma(shape: 1, scale: 0), .lognormal(mu: 0, sigma: -1),
      .lognormal(mean: -1, cv: 1), .lognormal(mean: 0, cv: 1), .lognormal(mean: 1, cv: -1),
      .gamma(mean: -1, cv: 1), .gamma(mean: 0, cv: 1), .gamma(mean: 1, cv: -1),
      .gamma(mean: 1, cv: 0), .gamma(mean: -1, cv: -1),
    ] as [Distribution])
  func aParameterOutsideItsRangeIsADefect(_ distribution: Distribution) {
    #expect(distribution.defect != nil)
  }

  @Test(
    arguments: [
      .constant(0), .constant(5), .uniform(low: 0, high: 0), .uniform(low: 1, high: 2),
      .exponential(mean: 1e-9), .gamma(shape: 0.1, scale: 1), .lognormal(mu: -3, sigma: 0),
      .lognormal(mean: 2, cv: 0), .lognormal(mean: 1, cv: 2), .gamma(mean: 1, cv: 2),
    ] as [Distribution])
  func parametersAtTheEdgeOfTheirRangeAreNone(_ distribution: Distribution) {
    #expect(distribution.defect == nil)
  }
}
