import Designs
import Results

extension Design {
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

extension ExperimentSpec {
  /// The design as it stands in manifests: its word, with all that the word alone does not say.
  package var designJSON: JSON {
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
