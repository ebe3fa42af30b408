import Declarations
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
      return quantity(dimension, exactly: true, &problems).map(ParameterValue.quantity)
    case .word(let words):
      if let word = text.flatMap(kind.word) { return .word(word) }
      let found = text.map { advice(for: $0, among: words) } ?? ""
      problems.append(problem("\(kind.expectation); found \(quotation)\(found)"))
      return nil
    case .trace(let content):
      return TraceReader.read(self, of: content, &problems).map(ParameterValue.trace)
    case .history:
      return BlockTraceReader.read(self, &problems).map(ParameterValue.history)
    case .distribution(let dimension):
      return distribution(dimension, expectation: kind.expectation, &problems)
        .map(ParameterValue.distribution)
    }
  }

  /// Reads a quantity, or adds to `problems` why it is none.
  ///
  /// - Parameter exactly: whether it must be one that a run keeps as it was written.
  public func quantity(
    _ dimension: Dimension, expectation: String? = nil, exactly: Bool = false,
    _ problems: inout [Problem]
  ) -> Double? {
    let expectation = expectation ?? dimension.expectation
    guard let text else {
      problems.append(problem("\(expectation); found \(quotation)"))
      return nil
    }
    guard let exact = dimension.exact(text) else {
      problems.append(problem("\(expectation); found \(quotation)\(hint(text, dimension))"))
      return nil
    }
    guard let value = exact.double, value <= dimension.limit else {
      problems.append(problem("\(dimension.limitExpectation); found \(quotation)"))
      return nil
    }
    guard !exactly || dimension.keeps(exact) else {
      problems.append(problem("\(dimension.keptExpectation); found \(quotation)"))
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
}
