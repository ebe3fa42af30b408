import Catalogue
import Designs
import Worlds

extension FigureSpec {
  /// Checks that the figure shows factors and measures of its experiment, and nothing that misleads.
  func check(_ spec: ExperimentSpec) -> [Problem] {
    var problems = filterProblems(spec)
    if let defect = subjectDefect(spec) {
      problems.append(problem("where", defect, of: spec))
      // What it has no measures of is no second problem.
      return problems
    }
    for key in roles.factors { problems += factorProblems(key, patterns(key)[0], spec) }
    problems += color.map { factorProblems("color", $0, spec) } ?? []
    problems += row.map { factorProblems("row", $0, spec) } ?? []
    for key in roles.measures {
      if let defect = measureDefect(key, spec) { problems.append(problem(key, defect, of: spec)) }
    }
    problems += needProblems(spec)
    guard problems.isEmpty else { return problems }
    problems = axisProblems(spec)
    // One message for what misleads: what is right otherwise can be mended in one way.
    let misleading = misleadingMeasures(spec).map { ($0.key, $0.message) } ?? hiddenFactor(spec)
    return problems + (misleading.map { [problem($0.0, $0.1, of: spec)] } ?? [])
  }

  private func filterProblems(_ spec: ExperimentSpec) -> [Problem] {
    filter.filter { $0.path != Self.subjectAxis }.flatMap { shown -> [Problem] in
      let levels = spec.factors.first { $0.path == shown.path }?.levels ?? []
      let isLevel = levels.isEmpty || levels.contains { $0.cell == shown.cell }
      return factorProblems("where", shown.path, spec)
        + (isLevel
          ? [] : [problem("where", "\(shown.path) never is \(shown.cell.text)", of: spec)])
    }
  }

  private func factorProblems(_ key: String, _ path: String, _ spec: ExperimentSpec) -> [Problem] {
    let factors = spec.factors.map(\.path)
    let hasSubjects = spec.measureTable.shape.isNamed && kind != .path
    if factors.contains(path) || path == Self.subjectAxis && hasSubjects { return [] }
    let nearest = advice(for: path, among: factors + (hasSubjects ? [Self.subjectAxis] : []))
    return [problem(key, "'\(path)' is no factor of the experiment\(nearest)", of: spec)]
  }

  /// What a kind needs of the experiment beside factors and measures.
  private func needProblems(_ spec: ExperimentSpec) -> [Problem] {
    switch kind {
    case .path:
      var problems: [Problem] = []
      if spec.feePaths == nil {
        problems.append(problem("kind", "a path needs the experiment's key 'fee_paths'", of: spec))
      }
      let fees = FeePathSpec.columns.dropFirst().map(\.name)
      if !fees.contains(y) {
        let choice = "\(advice(for: y, among: fees)); expected \(fees.joined(separator: " or "))"
        problems.append(problem("y", "'\(y)' is nothing that a path has\(choice)", of: spec))
      }
      return problems
    case .differences where spec.baseline == nil:
      return [problem("kind", "differences need the experiment's key 'baseline'", of: spec)]
    case .histogram where color != nil || !logarithmic.isEmpty:
      let key = color == nil ? "log" : "color"
      let reason =
        color == nil ? "bins are equally wide" : "bins of several would cover each other"
      return [
        problem(key, "\(reason); expected \(color == nil ? "" : "row, or ")kind: ecdf", of: spec)
      ]
    case .tornado where spec.design != .oneAtATime:
      return [problem("kind", "a tornado needs 'design: one-at-a-time'", of: spec)]
    default: return []
    }
  }

  /// Why a key does not name measures that it can show.
  private func measureDefect(_ key: String, _ spec: ExperimentSpec) -> String? {
    let patterns = patterns(key)
    let owner = subject.map { " of '\($0)'" } ?? ""
    guard !patterns.isEmpty else { return "expected names or patterns of measures" }
    for pattern in patterns where shown([pattern], of: spec).isEmpty {
      return "'\(pattern)' matches no reported measure\(owner)"
    }
    let shown = shown(patterns, of: spec)
    var subjects: [String] = []
    for index in shown where !subjects.contains(spec.measureTable[index].subjectPath) {
      subjects.append(spec.measureTable[index].subjectPath)
    }
    guard subjects.count > 1, !showsSubjects else { return nil }
    let name = patterns[0].split(separator: ".").last ?? ""
    let names = subjects.map { $0.isEmpty ? "\(name)" : "\($0).\(name)" }
    return "'\(patterns[0])' is of several; expected one of: \(names.joined(separator: ", ")), "
      + "or \(roles.factors == ["y"] ? "row" : "color"): \(Self.subjectAxis)"
  }
}
