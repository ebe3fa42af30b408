import Randomness
import Worlds

extension Dimension {
  /// Thirty years: the clock reaches 292, and a run adds several durations.
  fileprivate static let longestDuration = 30 * 365.25 * 86_400

  /// Why a computed number in base units cannot be written as a value of this dimension; nil if it
  /// can.
  public func defect(of value: Double) -> String? {
    if !value.isFinite { return "is not finite" }
    if value < 0 { return "is negative" }
    if self == .duration, value > Self.longestDuration { return "is more than 30 years" }
    if self == .count, value != value.rounded() { return "is not whole" }
    return self == .count && value > 1e15 ? "is too large" : nil
  }
}

extension InputNode {
  /// Reads a value of `kind`, or adds to `problems` why it is none.
  public func value(of kind: ParameterKind, _ problems: inout [Problem]) -> ParameterValue? {
    switch kind {
    case .quantity(let dimension):
      return quantity(dimension, expectation: kind.expectation, &problems)
        .map(ParameterValue.quantity)
    case .word(let words):
      if let text, words.contains(text) { return .word(text) }
      let found = text.map { advice(for: $0, among: words) } ?? ""
      problems.append(problem("\(kind.expectation); found \(quotation)\(found)"))
      return nil
    case .trace:
      return TraceReader.read(self, &problems).map(ParameterValue.trace)
    case .distribution(let dimension):
      if members != nil {
        return distribution(dimension, &problems).map(ParameterValue.distribution)
      }
      return quantity(dimension, expectation: kind.expectation, &problems)
        .map { .distribution(.constant($0)) }
    }
  }

  /// Reads a quantity, or adds to `problems` why it is none.
  public func quantity(
    _ dimension: Dimension, expectation: String? = nil, _ problems: inout [Problem]
  ) -> Double? {
    let expectation = expectation ?? dimension.expectation
    guard let text else {
      problems.append(problem("\(expectation); found \(quotation)"))
      return nil
    }
    guard let value = dimension.parse(text) else {
      problems.append(problem("\(expectation); found '\(text.prefix(60))'\(hint(text, dimension))"))
      return nil
    }
    guard dimension != .duration || value <= Dimension.longestDuration else {
      problems.append(
        problem("expected a duration of at most 30 years; found '\(text.prefix(60))'"))
      return nil
    }
    return value
  }

  private func hint(_ text: String, _ dimension: Dimension) -> String {
    guard let number = Double(text) else {
      return text.hasPrefix("-") ? ", which is negative" : ""
    }
    if !number.isFinite { return ", which is not finite" }
    if number < 0 { return ", which is negative" }
    return dimension.baseUnit.isEmpty ? "" : ", which has no unit"
  }

  private static let distributionNames = [
    "deterministic", "uniform", "exponential", "gamma", "erlang", "lognormal",
  ]

  private func distribution(
    _ dimension: Dimension, _ problems: inout [Problem]
  ) -> Distribution? {
    guard let members, members.count == 1, let member = members.first,
      let name = member.key.text
    else {
      problems.append(problem("expected one distribution such as {exponential: {mean: …}}"))
      return nil
    }
    guard Self.distributionNames.contains(name) else {
      problems.append(
        member.key.problem(
          "no distribution has this name\(advice(for: name, among: Self.distributionNames)); "
            + "expected one of: \(Self.distributionNames.joined(separator: ", "))"))
      return nil
    }
    let found = problems.count
    let result = member.value.distribution(named: name, dimension, &problems)
    guard problems.count == found, let result else { return nil }
    if let defect = result.defect {
      problems.append(problem("no such distribution: \(defect)"))
      return nil
    }
    return result
  }

  private func distribution(
    named name: String, _ dimension: Dimension, _ problems: inout [Problem]
  ) -> Distribution? {
    switch name {
    case "deterministic":
      return read(["value": dimension], &problems).map { .constant($0[0]) }
    case "uniform":
      return read(["low": dimension, "high": dimension], &problems)
        .map { .uniform(low: $0[0], high: $0[1]) }
    case "exponential":
      return read(["mean": dimension], &problems).map { .exponential(mean: $0[0]) }
    case "erlang":
      return read(["stages": .count, "mean": dimension], &problems)
        .map { .gamma(shape: $0[0], scale: $0[1] / $0[0]) }
    case "gamma" where has("shape"):
      return read(["shape": .number, "scale": dimension], &problems)
        .map { .gamma(shape: $0[0], scale: $0[1]) }
    case "gamma":
      return read(["mean": dimension, "cv": .number], &problems)
        .map { .gamma(mean: $0[0], cv: $0[1]) }
    case "lognormal" where has("median"):
      return read(["median": dimension, "sigma": .number], &problems)
        .map { .lognormal(median: $0[0], sigma: $0[1]) }
    default:
      return read(["mean": dimension, "cv": .number], &problems)
        .map { .lognormal(mean: $0[0], cv: $0[1]) }
    }
  }

  private func has(_ key: String) -> Bool { members?.contains { $0.key.text == key } ?? false }

  /// Reads a mapping with exactly these keys, in their order.
  private func read(
    _ keys: KeyValuePairs<String, Dimension>, _ problems: inout [Problem]
  ) -> [Double]? {
    let names = keys.map(\.key)
    guard let members else {
      problems.append(problem("expected a mapping with the keys \(names.joined(separator: ", "))"))
      return nil
    }
    for member in members where !names.contains(member.key.text ?? "") {
      let nearest = advice(for: member.key.text ?? "", among: names)
      problems.append(
        member.key.problem("unknown key\(nearest); expected \(names.joined(separator: ", "))"))
    }
    var values: [Double] = []
    for (name, dimension) in keys {
      guard let value = members.first(where: { $0.key.text == name })?.value else {
        problems.append(problem("the key '\(name)' is missing"))
        continue
      }
      if let number = value.quantity(dimension, &problems) { values.append(number) }
    }
    return values.count == names.count ? values : nil
  }
}
