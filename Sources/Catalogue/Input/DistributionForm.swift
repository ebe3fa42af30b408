import Randomness
import Worlds

/// One way to write a distribution: its name, its keys in order and what they make.
struct DistributionForm: Sendable {
  let name: String
  /// Each key with what it takes; nil for a quantity of the parameter's own dimension.
  private let keys: [(name: String, dimension: Dimension?)]
  /// Makes the distribution from the values of the keys.
  let make: @Sendable ([Double]) -> Distribution

  private init(
    _ name: String, _ keys: [(name: String, dimension: Dimension?)],
    _ make: @escaping @Sendable ([Double]) -> Distribution
  ) {
    self.name = name
    self.keys = keys
    self.make = make
  }

  /// Every form; of those that share a name the first is meant unless another's first key is there.
  static let all = [
    DistributionForm("deterministic", [("value", nil)]) { .constant($0[0]) },
    DistributionForm("uniform", [("low", nil), ("high", nil)]) {
      .uniform(low: $0[0], high: $0[1])
    },
    DistributionForm("exponential", [("mean", nil)]) { .exponential(mean: $0[0]) },
    DistributionForm("gamma", [("mean", nil), ("cv", .number)]) { .gamma(mean: $0[0], cv: $0[1]) },
    DistributionForm("gamma", [("shape", .number), ("scale", nil)]) {
      .gamma(shape: $0[0], scale: $0[1])
    },
    DistributionForm("erlang", [("stages", .count), ("mean", nil)]) {
      .gamma(shape: $0[0], scale: $0[1] / $0[0])
    },
    DistributionForm("lognormal", [("mean", nil), ("cv", .number)]) {
      .lognormal(mean: $0[0], cv: $0[1])
    },
    DistributionForm("lognormal", [("median", nil), ("sigma", .number)]) {
      .lognormal(median: $0[0], sigma: $0[1])
    },
  ]

  /// The names of all forms, each once.
  static let names = all.map(\.name).reduce(into: [String]()) { names, name in
    if names.last != name { names.append(name) }
  }

  /// The form with a name that a mapping with these keys has.
  static func named(_ name: String, with keys: [String]) -> DistributionForm? {
    let forms = all.filter { $0.name == name }
    return forms.dropFirst().first { keys.contains($0.keys[0].name) } ?? forms.first
  }

  /// Its keys for a parameter of a dimension.
  func keys(of dimension: Dimension) -> [(name: String, dimension: Dimension)] {
    keys.map { ($0.name, $0.dimension ?? dimension) }
  }
}
