import Catalogue
import Declarations
import Designs
import Worlds

extension ExperimentSpec {
  /// The factors whose values the design chooses; those of the others follow from them.
  package var chosenFactors: [Factor] { factors.filter { $0.expression == nil } }

  /// Whether the design chooses values within ranges.
  public var isSampled: Bool { if case .sampled = design { true } else { false } }

  /// How many points the design has before constraints drop some.
  var pointCount: Int {
    design.pointCount(values: chosenFactors.map(\.levels.count))
  }

  /// The rows of a sampled design; nil for any other.
  package var sample: [[Double]]? {
    guard case .sampled(let sampling) = design else { return nil }
    return sampling.rows(factors: chosenFactors.count, seed: seed)
  }

  /// The levels of all factors at a point.
  ///
  /// - Parameter sample: the rows of a sampled design; made anew if they are not given.
  func levels(at index: Int, of sample: [[Double]]? = nil) -> [Factor.Level] {
    completed(chosenLevels(at: index, sample))
  }

  /// The levels of all factors at shares, from 0 to 1, of the ranges of those that a design chooses.
  package func levels(atShares shares: [Double]) -> [Factor.Level] {
    completed(Swift.zip(chosenFactors, shares).map { $0.level(at: $1) })
  }

  /// The levels of all factors, of which these are chosen and the others follow from them.
  func completed(_ chosenLevels: [Factor.Level]) -> [Factor.Level] {
    var chosen = chosenLevels[...]
    var levels: [Factor.Level] = []
    for factor in factors {
      guard case .expression(let expression, let target) = factor.source else {
        levels.append(chosen.removeFirst())
        continue
      }
      // The sum makes 0 of -0.
      levels.append(target.level(expression.value { number($0, levels) } + 0))
    }
    return levels
  }

  private func chosenLevels(at index: Int, _ sample: [[Double]]?) -> [Factor.Level] {
    let factors = chosenFactors
    guard let places = design.places(at: index, values: factors.map(\.levels.count)) else {
      let row = (sample ?? self.sample ?? [])[index]
      return Swift.zip(factors, row).map { $0.level(at: $1) }
    }
    return Swift.zip(factors, places).map { $0.levels[$1] }
  }

  /// The number that a factor has among levels in the order of the factors.
  private func number(_ path: String, _ levels: [Factor.Level]) -> Double? {
    Swift.zip(factors, levels).first { $0.0.path == path }?.1.number
  }

  /// The request of a point with these levels; nil if a constraint drops the point.
  ///
  /// - Throws: `InvalidInput` if a computed value is none of its parameter, or a side of a constraint
  ///   has no value.
  func request(
    with levels: [Factor.Level], _ catalogue: Catalogue
  ) throws(InvalidInput) -> ScenarioRequest? {
    // What depends on factors alone comes first: it can drop values that no scenario could have.
    let paths = factors.map(\.path)
    let onFactors = constraints.filter { $0.names.allSatisfy(paths.contains) }
    for constraint in onFactors where try !constraint.holds({ number($0, levels) }) { return nil }
    let defects = Swift.zip(factors, levels).compactMap { $0.defect(of: $1) }
    guard defects.isEmpty else { throw InvalidInput(defects) }
    var request = self.request
    for level in levels { level.apply(to: &request) }
    guard onFactors.count < constraints.count else { return request }
    let scenario = try catalogue.layered(request).scenario
    for constraint in constraints where !constraint.names.allSatisfy(paths.contains) {
      let holds = try constraint.holds { name in
        number(name, levels) ?? request.shape.parameter(name)?.read(scenario)?.constant
      }
      if !holds { return nil }
    }
    return request
  }
}
