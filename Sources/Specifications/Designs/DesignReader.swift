import Catalogue
import Designs
import Results
import Worlds

extension ExperimentSpec.Design {
  static let plain: [ExperimentSpec.Design] = [.grid, .zip, .oneAtATime]
  static let samplings: [Sampling] = [
    .latinHypercube(points: 64), .sobol(points: 64), .halton(points: 64),
    .morris(trajectories: 10, levels: 4), .saltelli(points: 128),
  ]
  private static let names = plain.map(\.name) + ["list"] + samplings.map(\.name)

  /// Reads a design, with the factors that a list of points brings.
  ///
  /// What cannot be read is added to `problems`; the design is then the one that was probably meant,
  /// so that factors are not blamed for it.
  static func read(
    _ node: InputNode, _ shape: WorldShape, _ problems: inout [Problem]
  ) -> (design: ExperimentSpec.Design, factors: [Factor]) {
    guard let members = node.members else { return (word(node, &problems), []) }
    guard members.count == 1, let member = members.first, let name = member.key.text else {
      problems.append(node.problem("expected one design, such as {sobol: {points: 64}}"))
      return (.sampled(samplings[0]), [])
    }
    if name == "list" { return PointList.read(member.value, shape, &problems) }
    if let sampling = samplings.first(where: { $0.name == name }) {
      return (.sampled(sampling.read(member.value, &problems) ?? sampling), [])
    }
    if let design = plain.first(where: { $0.name == name }) {
      problems.append(
        member.key.problem("'\(name)' takes nothing more; expected 'design: \(name)'"))
      return (design, [])
    }
    problems.append(
      member.key.problem(
        "no design is called '\(name)'\(advice(for: name, among: names)); "
          + "expected one of: \(names.joined(separator: ", "))"))
    return (.sampled(samplings[0]), [])
  }

  private static func word(_ node: InputNode, _ problems: inout [Problem]) -> Self {
    guard case .word(let name) = node.value(of: .word(names), &problems) else { return .grid }
    if let design = plain.first(where: { $0.name == name }) { return design }
    if let sampling = samplings.first(where: { $0.name == name }) {
      problems.append(node.problem("'\(name)' needs \(sampling.need): write \(sampling.form)"))
      return .sampled(sampling)
    }
    problems.append(node.problem("'list' needs the path of a CSV file: write {list: points.csv}"))
    return .list(file: "", sha256: "")
  }
}

extension Sampling {
  /// Those that can draw unknown figures.
  static let ofReplications: [Sampling] = [.sobol(points: 16), .halton(points: 16)]

  /// Reads at which points the replications draw unknown figures.
  static func readCoupling(_ node: InputNode, _ problems: inout [Problem]) -> Coupling {
    let name = node.members?.first?.key.text ?? node.text ?? "?"
    let choice = ofReplications.map(\.name)
    guard let sampling = ofReplications.first(where: { $0.name == name }),
      (node.members?.count ?? 1) == 1
    else {
      problems.append(
        node.problem("expected \(ofReplications[0].form)\(advice(for: name, among: choice))"))
      return .sampled(ofReplications[0])
    }
    let numbers = node.members?.first?.value ?? node
    return .sampled(sampling.read(numbers, &problems) ?? sampling)
  }

  /// The largest value of one of its numbers.
  func limit(of key: String) -> Int { key == "levels" ? 1000 : 100_000 }

  /// How it is written.
  fileprivate var form: String {
    let pairs = numbers.map { "\($0.key): \($0.value)" }
    return "{\(name): {\(pairs.joined(separator: ", "))}}"
  }

  /// What must be said about it.
  fileprivate var need: String {
    "a number of " + numbers.map(\.key).joined(separator: " and of ")
  }

  /// Reads the same method with other numbers, or adds to `problems` why there are none.
  fileprivate func read(_ node: InputNode, _ problems: inout [Problem]) -> Sampling? {
    let keys = numbers.map(\.key)
    guard let members = node.members else {
      problems.append(node.problem("'\(name)' needs \(need): write \(form)"))
      return nil
    }
    let found = problems.count
    for (key, _) in members where !keys.contains(key.text ?? "?") {
      problems.append(key.problem("unknown key\(advice(for: key.text ?? "?", among: keys))"))
    }
    var values: [Int] = []
    for key in keys {
      guard let value = members.first(where: { $0.key.text == key })?.value else {
        problems.append(node.problem("the key '\(key)' is missing: write \(form)"))
        continue
      }
      guard let number = value.count(in: 1...limit(of: key), &problems) else { continue }
      if key == "levels", number % 2 != 0 {
        problems.append(
          value.problem("expected an even number, so that a step can be half the grid"))
      } else {
        values.append(number)
      }
    }
    guard problems.count == found else { return nil }
    return with(values)
  }

  private func with(_ values: [Int]) -> Sampling {
    switch self {
    case .latinHypercube: .latinHypercube(points: values[0])
    case .sobol: .sobol(points: values[0])
    case .halton: .halton(points: values[0])
    case .morris: .morris(trajectories: values[0], levels: values[1])
    case .saltelli: .saltelli(points: values[0])
    }
  }
}

extension ExperimentSpec {
  /// Why factors and constraints do not fit the design.
  var designDefects: [String] {
    switch design {
    case .zip:
      guard Set(chosenFactors.map(\.levels.count)).count > 1 else { return [] }
      let counts = chosenFactors.map { "\($0.path) has \($0.levels.count)" }
      return ["a zip needs as many values of every factor: \(counts.joined(separator: ", "))"]
    case .grid, .oneAtATime, .list: return []
    case .sampled(let sampling): return defects(of: sampling)
    }
  }

  private func defects(of sampling: Sampling) -> [String] {
    let count = chosenFactors.count
    var defects: [String] = []
    if count == 0 {
      defects.append("'\(sampling.name)' needs at least one factor whose value it can choose")
    }
    if let limit = sampling.factorLimit, count > limit {
      defects.append("'\(sampling.name)' has at most \(limit) factors; found \(count)")
    }
    if sampling.isStructured, !constraints.isEmpty {
      defects.append(
        "'\(sampling.name)' takes no constraints: its points only mean something together, so none "
          + "can be dropped")
    }
    if case .morris(_, let levels) = sampling {
      defects += chosenFactors.filter { !$0.moves(onGridOf: levels) }.map {
        "'morris' needs a change with every step; \($0.path) has too few values"
      }
    }
    return defects
  }
}

extension Factor {
  /// Whether every step of half the grid gives another value.
  fileprivate func moves(onGridOf levels: Int) -> Bool {
    (0..<levels / 2).allSatisfy { place in
      func cell(_ place: Int) -> Table.Cell {
        level(at: Double(place) / Double(levels - 1)).cell
      }
      return cell(place) != cell(place + levels / 2)
    }
  }
}
