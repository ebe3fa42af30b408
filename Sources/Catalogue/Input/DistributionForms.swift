import Randomness

extension DistributionForm {
  private static let own = Kind.quantity(nil)
  private static let number = Kind.quantity(.number)
  private static let weights: Key = ("weights", .quantities(.number))
  private static let bounds: [Key] = [("low", own), ("high", own)]
  private static let meanAndVariation: [Key] = [("mean", own), ("cv", number)]
  private static let shapeAndScale: [Key] = [("shape", number), ("scale", own)]

  /// Every form; those that share a name stand together.
  static let all = [
    DistributionForm("deterministic", [("value", own)]) { .constant($0[0]) },
    DistributionForm("uniform", bounds) { .uniform(low: $0[0], high: $0[1]) },
    DistributionForm("triangular", [("low", own), ("mode", own), ("high", own)]) {
      .triangular(low: $0[0], mode: $0[1], high: $0[2])
    },
    DistributionForm("exponential", [("mean", own)]) { .exponential(mean: $0[0]) },
    DistributionForm("gamma", meanAndVariation) { .gamma(mean: $0[0], cv: $0[1]) },
    DistributionForm("gamma", shapeAndScale) { .gamma(shape: $0[0], scale: $0[1]) },
    DistributionForm("erlang", [("stages", .quantity(.count)), ("mean", own)]) {
      .gamma(shape: $0[0], scale: $0[1] / $0[0])
    },
    DistributionForm("lognormal", meanAndVariation) { .lognormal(mean: $0[0], cv: $0[1]) },
    DistributionForm("lognormal", [("median", own), ("sigma", number)]) {
      .lognormal(median: $0[0], sigma: $0[1])
    },
    DistributionForm("lognormal", [("mu", .signedNumber), ("sigma", number)]) {
      .lognormal(mu: $0[0], sigma: $0[1])
    },
    DistributionForm("weibull", meanAndVariation) { .weibull(mean: $0[0], cv: $0[1]) },
    DistributionForm("weibull", shapeAndScale) { .weibull(shape: $0[0], scale: $0[1]) },
    DistributionForm("pareto", meanAndVariation) { .pareto(mean: $0[0], cv: $0[1]) },
    DistributionForm("pareto", shapeAndScale) { .pareto(shape: $0[0], scale: $0[1]) },
    DistributionForm("beta", meanAndVariation + bounds) {
      .beta(mean: $0[0], cv: $0[1], low: $0[2], high: $0[3])
    },
    DistributionForm("beta", [("alpha", number), ("beta", number)] + bounds) {
      .beta(alpha: $0[0], beta: $0[1], low: $0[2], high: $0[3])
    },
    DistributionForm("hyperexponential", meanAndVariation) {
      .hyperexponential(mean: $0[0], cv: $0[1])
    },
    DistributionForm("hyperexponential", [("means", .quantities(nil)), weights]) {
      .hyperexponential(Weighted($0.numbers(0), weights: $0.numbers(1)))
    },
    DistributionForm("mixture", [("of", .distributions), weights]) {
      .mixture(Weighted($0.distributions(0), weights: $0.numbers(1)))
    },
    DistributionForm("truncated", [("of", .distribution)] + bounds) {
      .truncated($0.distributions(0)[0], low: $0[1], high: $0[2])
    },
    DistributionForm("discrete", [("values", .quantities(nil)), weights]) {
      .discrete(Weighted($0.numbers(0), weights: $0.numbers(1)))
    },
    DistributionForm("empirical", [("file", .text), ("column", .text)], nil),
  ]
}
