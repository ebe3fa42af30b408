import Randomness
import Worlds

extension Dimension {
  /// Why a computed number in base units cannot be written as a value of this dimension; nil if it
  /// can.
  public func defect(of value: Double) -> String? {
    if !value.isFinite { return "is not finite" }
    if value < 0 { return "is negative" }
    if isWhole, value != value.rounded() { return "is not whole" }
    guard value > limit else { return nil }
    return self == .duration ? "is more than 30 years" : "is too large"
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
      problems.append(problem("\(expectation); found \(quotation)\(hint(text, dimension))"))
      return nil
    }
    guard value <= dimension.limit else {
      problems.append(problem("\(dimension.limitExpectation); found \(quotation)"))
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

  private func distribution(
    _ dimension: Dimension, _ problems: inout [Problem]
  ) -> Distribution? {
    guard let members, members.count == 1, let member = members.first,
      let name = member.key.text
    else {
      problems.append(problem("expected one distribution such as {exponential: {mean: …}}"))
      return nil
    }
    guard let form = DistributionForm.named(name, with: member.value.keys) else {
      let names = DistributionForm.names
      problems.append(
        member.key.problem(
          "no distribution has this name\(advice(for: name, among: names)); "
            + "expected one of: \(names.joined(separator: ", "))"))
      return nil
    }
    guard let values = member.value.read(form.keys(of: dimension), &problems) else { return nil }
    let result = form.make(values)
    if let defect = result.defect {
      problems.append(problem("no such distribution: \(defect)"))
      return nil
    }
    return result
  }

  /// The keys of a mapping; none for anything else.
  private var keys: [String] { (members ?? []).compactMap(\.key.text) }

  /// Reads a mapping with exactly these keys, in their order.
  private func read(
    _ keys: [(name: String, dimension: Dimension)], _ problems: inout [Problem]
  ) -> [Double]? {
    let found = problems.count
    let names = keys.map(\.name)
    guard let members else {
      problems.append(problem("expected a mapping with the keys \(names.joined(separator: ", "))"))
      return nil
    }
    for member in members where !names.contains(member.key.text ?? "") && !problems.isFull {
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
    return problems.count == found ? values : nil
  }
}
