import CGSL
import Testing

@testable import Randomness

/// A mirrored stream hands out the other end of every distribution, as far as its sampler allows.
@Suite struct MirroredStreamTests {
  /// A sampler, and the correlation of its draws with their mirror images.
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let correlation: Double
    let draw: @Sendable (inout RandomStream) -> Double

    init(
      _ name: String, _ correlation: Double,
      draw: @escaping @Sendable (inout RandomStream) -> Double
    ) {
      (testDescription, self.correlation, self.draw) = (name, correlation, draw)
    }

    init(_ name: String, _ correlation: Double, _ distribution: Distribution) {
      self.init(name, correlation) { distribution.sample(&$0) }
    }
  }

  private static func stream(_ replication: UInt64, _ name: String) -> RandomStream {
    RandomStream(seed: 29, replication: replication, name: name)
  }

  private static func mirror(_ replication: UInt64, _ name: String) -> RandomStream {
    stream(RandomStream.mirror(of: replication), name)
  }

  @Test func wordsAreComplements() {
    var stream = Self.stream(3, "words")
    var mirror = Self.mirror(3, "words")
    for _ in 0..<100 { #expect(mirror.nextWord() == ~stream.nextWord()) }
  }

  /// u and 1 − 2⁻⁵³ − u, from Swift and from GSL; z and −z.
  @Test func uniformsAndNormalsAreMirroredToTheLastBit() {
    var stream = Self.stream(3, "numbers")
    var mirror = Self.mirror(3, "numbers")
    for _ in 0..<1000 {
      #expect(mirror.uniform() == (1 - 0x1p-53) - stream.uniform())
      #expect(
        gsl_rng_uniform(mirror.generator) == (1 - 0x1p-53) - gsl_rng_uniform(stream.generator))
      #expect(mirror.standardNormal() == -stream.standardNormal())
    }
    #expect(mirror.nextWord() == ~stream.nextWord(), "the words are mirrored again")
  }

  @Test func theMirrorOfAMirrorIsTheStream() {
    let twice = RandomStream.mirror(of: RandomStream.mirror(of: 7))
    var stream = Self.stream(7, "twice")
    var again = Self.stream(twice, "twice")
    #expect(twice == 7 && again.nextWord() == stream.nextWord())
  }

  /// Correlations by E[F⁻¹(u) F⁻¹(1 − u)]: the lowest that any two variables of this law can have.
  static let inverted = [
    Case("exponential", 1 - .pi * .pi / 6, .exponential(mean: 2)),
    // (e^−σ² − 1) / (e^σ² − 1)
    Case("lognormal, cv 1", -0.5, .lognormal(mean: 3, cv: 1)),
    Case("lognormal, cv 0.3", -1 / 1.09, .lognormal(mean: 3, cv: 0.3)),
    // (∫√(ln u · ln(1 − u)) du − π/4) / (1 − π/4), by quadrature
    Case("Weibull, shape 2", -0.9471, .weibull(shape: 2, scale: 5)),
    Case("triangular", -1, .triangular(low: 0, mode: 1, high: 2)),
    // −p / (1 − p) for p below a half
    Case("Bernoulli", -0.3 / 0.7) { $0.bernoulli(0.3) ? 1 : 0 },
  ]

  /// Samplers that invert give the pair with the least correlation that there is.
  ///
  /// Seed 29, 100,000 pairs. H0: the correlation named. The estimate's standard deviation is at most
  /// 0.008 (lognormal of cv 1, by replications), so a limit of 0.04 has a false alarm under 6e-7.
  /// Detects any sampler that is not mirrored exactly: all of the correlations are at most −0.4.
  @Test(arguments: inverted) func samplersThatInvert(_ example: Case) {
    #expect(abs(Self.correlation(example) - example.correlation) < 0.04)
  }

  static let rejecting = [
    Case("gamma, shape 4", 0, .gamma(shape: 4, scale: 1)),
    Case("beta", 0, .beta(alpha: 2, beta: 3, low: 0, high: 1)),
    Case("Poisson, mean 3", 0) { Double($0.poisson(mean: 3)) },
    Case("Poisson, mean 600", 0) { Double($0.poisson(mean: 600)) },
  ]

  /// Samplers that reject neither gain nor lose.
  ///
  /// They take other numbers of words than their mirror images: after a few draws both are out of
  /// step, and independent.
  ///
  /// Seed 29, 100,000 pairs. H0: no correlation. Limit 0.016 is 5 standard errors: a false alarm of
  /// 2.3e-6 over all four. Detects a correlation of 0.02 or more.
  @Test(arguments: rejecting) func samplersThatReject(_ example: Case) {
    #expect(abs(Self.correlation(example)) < 0.016)
  }

  /// Mirrored draws have the law of the others (Kolmogorov–Smirnov, 20,000 draws).
  ///
  /// Seed 29. False alarm 1e-6 each; detects a distribution function that is off by 0.027 anywhere.
  @Test func mirroredDrawsHaveTheSameLaw() {
    let cases: [(String, (inout RandomStream) -> Double, (Double) -> Double)] = [
      ("normal", { $0.standardNormal() }, { gsl_cdf_ugaussian_P($0) }),
      ("gamma", { $0.gamma(shape: 4, scale: 0.5) }, { gsl_cdf_gamma_P($0, 4, 0.5) }),
      ("exponential", { $0.exponential(mean: 3) }, { gsl_cdf_exponential_P($0, 3) }),
    ]
    for (name, draw, cumulative) in cases {
      var stream = Self.mirror(0, name)
      let distance = KolmogorovSmirnov.statistic(of: 20_000, cumulative) { draw(&stream) }
      #expect(distance < 2.6934, "\(name)")
    }
  }

  private static func correlation(_ example: Case) -> Double {
    var stream = stream(4, example.testDescription)
    var mirror = mirror(4, example.testDescription)
    let pairs = (0..<100_000).map { _ in (example.draw(&stream), example.draw(&mirror)) }
    let count = Double(pairs.count)
    let means = pairs.reduce((0, 0)) { ($0.0 + $1.0 / count, $0.1 + $1.1 / count) }
    var (first, second, product) = (0.0, 0.0, 0.0)
    for (x, y) in pairs {
      first += (x - means.0) * (x - means.0)
      second += (y - means.1) * (y - means.1)
      product += (x - means.0) * (y - means.1)
    }
    return product / (first * second).squareRoot()
  }
}
