import Catalogue
import Results

/// How many replications an experiment has, where a rule stops them.
extension InputSchema {
  /// The keys of `replications` with a rule.
  static let stoppingMembers: [JSON.Member] = [
    .init(key: "min", value: count(in: StoppingRule.range).described("So many at least.")),
    .init(key: "max", value: count(in: StoppingRule.range).described("So many at most.")),
    .init(
      key: "until",
      value: any(of: [goal, list(of: goal, upTo: ExperimentSpec.patternLimit)])
        .described("How well measures have to be known before that.")),
  ]

  /// The keys of `until`.
  static let goalMembers: [JSON.Member] = [
    .init(key: "measure", value: exactMeasure),
    .init(
      key: "relative",
      value: quantity(of: .share).described("Half the interval's width, as a share of the mean.")),
    .init(
      key: "absolute",
      value: any(of: [quantity(of: .number), quantity(of: .duration)])
        .described("Half the interval's width, in the unit of the measure.")),
    .init(
      key: "confidence",
      value: quantity(of: .share).described("Confidence of the interval, all looks together.")),
  ]

  private static let goal = any(
    of: ["relative", "absolute"].map { width in
      mapping(
        goalMembers.filter { ["measure", "confidence", width].contains($0.key) },
        required: ["measure", width])
    })
}
