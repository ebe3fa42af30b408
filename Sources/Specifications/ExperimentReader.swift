import Catalogue
import Designs
import Statistics
import Worlds

/// Reads the keys of an experiment.
struct ExperimentReader {
  private let root: InputNode
  private(set) var problems: [Problem] = []

  private static let keys = InputSchema.experimentMembers.map(\.key)

  init(_ root: InputNode) { self.root = root }

  mutating func read() -> ExperimentSpec {
    var spec = ExperimentSpec(name: "", request: ScenarioRequest(source: root.location))
    guard let members = root.members else {
      problems.append(root.problem("expected an experiment with the keys experiment, scenario, …"))
      return spec
    }
    // What a factor may say depends on what the scenario names and on the design, and both may stand
    // below.
    var (scenarioProblems, designProblems): ([Problem], [Problem]) = ([], [])
    if let node = members.first(where: { $0.key.text == "scenario" })?.value {
      spec.request.add(node.atTop, &scenarioProblems)
      spec.measureTable = MeasureTable(of: spec.request.shape)
      spec.measures = Array(spec.measureTable.indices)
    }
    if let node = members.first(where: { $0.key.text == "design" })?.value {
      (spec.design, spec.factors) = ExperimentSpec.Design.read(
        node, spec.request.shape, &designProblems)
    }
    // So does what a measure is, on what is derived.
    var derivedProblems: [Problem] = []
    if let node = members.first(where: { $0.key.text == "derived" })?.value {
      spec.measureTable.define(node, &derivedProblems)
      spec.measures = Array(spec.measureTable.indices)
    }
    var factorProblems: [Problem] = []
    var (baseline, replications): (InputNode?, InputNode?)
    for (key, value) in members where !problems.isFull {
      spec.places.note(key.text ?? "?", value)
      switch key.text ?? "?" {
      case "experiment": spec.name = readName(value)
      case "question": spec.question = value.anyText(&problems) ?? ""
      case "scenario": problems += scenarioProblems
      case "factors":
        factorProblems = readFactors(key, value, &spec)
        problems += factorProblems
      case "design": problems += designProblems
      case "constraints":
        spec.constraints = Constraint.readAll(value, spec.request.shape, &problems)
      case "replications": replications = value
      case "random": readRandom(value, &spec)
      case "confidence": spec.confidence = value.confidence(&problems) ?? 0.95
      case "derived": problems += derivedProblems
      case "measures": spec.measures = readMeasures(value, spec.measureTable)
      case "controls":
        spec.controls = ExperimentSpec.readControls(value, spec.measureTable, &problems)
      case "figures": spec.figures = readFigures(value, spec.request.shape)
      case "fee_paths": spec.feePaths = FeePathSpec.read(value, &problems)
      case "optimise":
        spec.optimisation = OptimisationSpec.read(value, spec.measureTable, &problems)
      case "baseline": baseline = value
      case let name:
        problems.append(key.problem("unknown key\(advice(for: name, among: Self.keys))"))
      }
    }
    if let replications { readReplications(replications, &spec) }
    let asksForFigures = members.contains { $0.key.text == "figures" }
    if let baseline, factorProblems.isEmpty {
      spec.baseline = Baseline.read(
        baseline, spec.factors, spec.request.shape, &problems)
    }
    if spec.name.isEmpty {
      problems.append(root.problem("the key 'experiment' with a name is missing"))
    }
    problems += spec.derivedProblems
    // A factor that could not be read is not missed as well.
    if designProblems.isEmpty, factorProblems.isEmpty {
      problems += spec.designDefects.map { defect in
        let problem = spec.problem("design", defect)
        return Problem(problem.location, defect)
      }
    }
    if problems.isEmpty, !asksForFigures { spec.figures = FigureSpec.sensible(for: spec) }
    return spec
  }

  private mutating func readName(_ node: InputNode) -> String {
    node.fileName(&problems) ?? "?"
  }

  private func readFactors(
    _ key: InputNode, _ node: InputNode, _ spec: inout ExperimentSpec
  ) -> [Problem] {
    var problems: [Problem] = []
    var isSampled = false
    switch spec.design {
    case .list: return [key.problem("the list of points has the factors; leave this key out")]
    case .sampled: isSampled = true
    case .grid, .zip, .oneAtATime: break
    }
    spec.factors = FactorReader.read(
      node, spec.request.shape, isSampled: isSampled, &problems)
    return problems
  }

  /// A number, or a rule whose goals have the confidence that the experiment states anywhere.
  private mutating func readReplications(_ node: InputNode, _ spec: inout ExperimentSpec) {
    guard node.members != nil else {
      spec.replications = node.count(in: 1...1_000_000, &problems) ?? 1
      return
    }
    spec.stopping = StoppingRule.read(
      node, confidence: spec.confidence, spec.measureTable, &problems)
    spec.replications = spec.stopping?.looks.last ?? 1
    if spec.optimisation != nil {
      let reason = "a search compares settings over the same replications"
      problems.append(node.problem("expected a whole number: \(reason)"))
    }
    if spec.coupling != .independent {
      let reason = "a rule that stops counts replications that do not depend on each other"
      problems.append(node.problem("expected a whole number: \(reason)"))
    }
  }

  private mutating func readRandom(_ node: InputNode, _ spec: inout ExperimentSpec) {
    var isAntithetic = false
    for (key, value) in node.members ?? [] {
      spec.places.note("random.\(key.text ?? "?")", value)
      switch key.text {
      case "seed":
        guard let seed = value.text.flatMap(UInt64.init) else {
          problems.append(value.problem("expected a whole number below 2^64"))
          continue
        }
        spec.seed = seed
      case "common":
        spec.usesCommonRandomNumbers = readFlag(value) ?? true
      case "antithetic":
        isAntithetic = readFlag(value) ?? false
      case "sampling":
        spec.coupling = Sampling.readCoupling(value, &problems)
      default:
        problems.append(key.problem("unknown key; expected seed, common, antithetic, sampling"))
      }
    }
    if node.members == nil {
      problems.append(
        node.problem("expected {seed: …, common: …, antithetic: …} or {…, sampling: …}"))
    }
    guard isAntithetic else { return }
    if spec.coupling != .independent {
      problems.append(node.problem("expected antithetic or sampling, not both"))
    }
    spec.coupling = .antithetic
  }

  private mutating func readFlag(_ node: InputNode) -> Bool? {
    guard case .word(let word) = node.value(of: .word(["true", "false"]), &problems) else {
      return nil
    }
    return word == "true"
  }

  private mutating func readMeasures(_ node: InputNode, _ table: MeasureTable) -> [Int] {
    guard let elements = node.elements, !elements.isEmpty else {
      problems.append(node.problem("expected a list of measures such as [finality_*, cost_*]"))
      return []
    }
    guard elements.count <= ExperimentSpec.patternLimit else {
      problems.append(node.problem("expected at most \(ExperimentSpec.patternLimit) patterns"))
      return []
    }
    var selected: Set<Int> = []
    for element in elements {
      let pattern = element.text ?? "?"
      let matching = table.indices(matching: pattern)
      if matching.isEmpty {
        let nearest = table.suggestion(for: pattern, at: Array(table.indices))
        problems.append(element.problem("no measure matches \(element.quotation)\(nearest)"))
      }
      selected.formUnion(matching)
    }
    return selected.sorted()
  }

  private mutating func readFigures(
    _ node: InputNode, _ shape: WorldShape
  ) -> [FigureSpec] {
    guard let elements = node.elements else {
      problems.append(
        node.problem("expected a list of figures such as [{x: poster.max_age, y: …}]"))
      return []
    }
    guard elements.count <= ExperimentSpec.figureLimit else {
      problems.append(node.problem("expected at most \(ExperimentSpec.figureLimit) figures"))
      return []
    }
    return elements.compactMap { FigureSpec.read($0, shape, &problems) }
  }
}

extension InputNode {
  /// Reads a whole number in a range, or adds to `problems` why it is none.
  func count(in range: ClosedRange<Int>, _ problems: inout [Problem]) -> Int? {
    guard let number = quantity(.count, &problems) else { return nil }
    guard let count = Int(exactly: number), range.contains(count) else {
      problems.append(problem("expected from \(range.lowerBound) to \(range.upperBound)"))
      return nil
    }
    return count
  }

  /// Reads the confidence of an interval, or adds to `problems` why it is none.
  func confidence(_ problems: inout [Problem]) -> Double? {
    guard let share = quantity(.share, &problems) else { return nil }
    let range = ConfidenceInterval.confidences
    guard range.contains(share) else {
      problems.append(
        problem("expected a confidence from \(range.lowerBound) to \(range.upperBound)"))
      return nil
    }
    return share
  }

  /// Reads what becomes the name of a file or folder, or adds to `problems` why it cannot.
  public func fileName(_ problems: inout [Problem]) -> String? {
    let isLong = (text?.utf8.count ?? 0) > 100
    if let text, !text.isEmpty, !isLong,
      text.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "-" })
    {
      return text
    }
    let limit = isLong ? "at most 100 " : ""
    problems.append(problem("expected a name of \(limit)letters, digits and hyphens"))
    return nil
  }
}
