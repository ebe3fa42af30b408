import Catalogue
import Specifications

/// A bound as the command line writes it, such as `finality_posted_s_p95 <= 10 min`.
public struct BoundText: Sendable {
  /// The name of the measure.
  public let measure: String
  private let isUpper: Bool
  private let value: String
  private let option: String
  private let file: String

  /// Splits a bound into its parts.
  ///
  /// - Parameter option: the option that has it, for messages.
  /// - Throws: `InvalidInput` if it is none.
  public init(_ text: String, option: String) throws(InvalidInput) {
    self.option = option
    file = "\(option) '\(text)'"
    isUpper = text.contains("<=")
    let parts = text.split(separator: isUpper ? "<=" : ">=", omittingEmptySubsequences: false)
      .map { $0.trimmingPrefix { $0.isWhitespace } }
    guard parts.count == 2, !parts.contains(where: \.isEmpty) else {
      throw InvalidInput([
        Problem(
          Location(file: file), "expected a bound such as 'finality_posted_s_p95 <= 10 min'")
      ])
    }
    measure = String(parts[0].filter { !$0.isWhitespace })
    value = String(parts[1])
  }

  /// The bound on the measure of some runs that it names.
  ///
  /// - Throws: `InvalidInput` if none has the name, or the value is none of it.
  public func bound(on runs: RecordedRuns) throws(InvalidInput) -> OptimisationSpec.Bound {
    let index = try runs.measure(measure, option: option)
    var problems: [Problem] = []
    let value = try InputNode.parse(value, file: file)
      .quantity(runs.experiment.spec.measureTable[index].dimension, &problems)
    guard problems.isEmpty, let value else { throw InvalidInput(problems) }
    return .init(measure: index, value: value, isUpper: isUpper)
  }
}
