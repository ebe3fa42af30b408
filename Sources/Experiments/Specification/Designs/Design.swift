import Results

extension ExperimentSpec {
  /// How factors are combined.
  public enum Design: Hashable, Sendable {
    /// Every level of every factor with every other; the last factor varies fastest.
    case grid
    /// The first levels together, then the second ones, and so on.
    case zip
    /// The first level of every factor, the baseline; then each other level of one factor alone.
    case oneAtATime
    /// The rows of a CSV file, in their order.
    case list(file: String, sha256: String)
    /// Values that a method of sampling chooses in the ranges of the factors.
    case sampled(Sampling)

    /// Its word in a specification.
    var name: String {
      switch self {
      case .grid: "grid"
      case .zip: "zip"
      case .oneAtATime: "one-at-a-time"
      case .list: "list"
      case .sampled(let sampling): sampling.name
      }
    }

    /// Whether two points can have the same values of all factors.
    var mayRepeatPoints: Bool {
      switch self {
      case .grid, .zip, .oneAtATime: false
      case .list, .sampled: true
      }
    }

    /// What else is said about it.
    fileprivate var details: [JSON.Member] {
      switch self {
      case .grid, .zip, .oneAtATime: []
      case .list(let file, let digest):
        [
          JSON.Member(key: "file", value: .string(file)),
          JSON.Member(key: "sha256", value: .string(digest)),
        ]
      case .sampled(let sampling):
        sampling.numbers.map { JSON.Member(key: $0.key, value: .integer($0.value)) }
      }
    }
  }

  /// The design as it stands in manifests: its word, with all that the word alone does not say.
  var designJSON: JSON {
    var members = design.details
    if case .sampled = design {
      members.append(.init(key: "ranges", value: .object(chosenFactors.map(\.range))))
    }
    let formulas = factors.compactMap { factor in
      factor.expression.map { JSON.Member(key: factor.path, value: .string($0.text)) }
    }
    if !formulas.isEmpty { members.append(.init(key: "expressions", value: .object(formulas))) }
    if !constraints.isEmpty {
      members.append(
        .init(key: "constraints", value: .array(constraints.map { .string($0.text) })))
    }
    guard !members.isEmpty else { return .string(design.name) }
    return .object([JSON.Member(key: "name", value: .string(design.name))] + members)
  }
}

extension Factor {
  /// The range in which a sampled design chooses.
  fileprivate var range: JSON.Member {
    guard case .range(let range, _) = source else {
      return JSON.Member(key: path, value: .array(levels.map { .string($0.cell.text) }))
    }
    let bounds = JSON.array([.number(range.low), .number(range.high)])
    let scale = range.isLogarithmic ? "log" : "linear"
    return JSON.Member(key: path, value: .object([JSON.Member(key: scale, value: bounds)]))
  }
}
