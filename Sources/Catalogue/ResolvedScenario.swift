import Declarations
import Foundation
import Randomness
import Worlds

/// A scenario with the provenance of every value.
public struct ResolvedScenario: Sendable {
  /// What the scenario names.
  public let shape: WorldShape
  /// The preset of each rollup, in the order of the shape, and then of each change; empty for none.
  public let systems: [String]
  /// The name of the settlement chain; empty for the base case.
  public let chain: String
  /// The values; an unknown one stands at the middle of its range.
  public private(set) var scenario: Scenario
  /// Where each value comes from, in the order of the shape's parameters; nil for the base case, which is not
  /// counted as in use hundreds of times a point.
  private var origins: [Provenance?]
  /// The places of the unknown values that a run reads, in order: looked up for every run.
  private var unknownIndices: [Int] = []

  /// The parameters whose value is unknown and that a run reads, with their ranges in base units.
  ///
  /// What a run reads is told with every range at its middle. What it does not read stays there: nothing is
  /// drawn for it.
  public var unknowns: [(parameter: Parameter, range: ClosedRange<Double>)] {
    unknownIndices.compactMap { index in
      origins[index]?.range.map { (shape.parameters[index], $0) }
    }
  }

  /// What a measure rests on at worst.
  public func basis(of measure: Measure) -> Basis { doubts.basis(of: measure) }

  /// The figures that a run reads and that are not documented.
  public var doubts: Doubts { Doubts(self) }

  /// Whether a preset, a file or an option set the parameter at a place in the shape's parameters.
  public func isSet(at index: Int) -> Bool { origins[index] != nil }

  /// Where the value of the parameter at a place in the shape's parameters comes from.
  public func provenance(at index: Int) -> Provenance { origins[index] ?? .baseCase }

  /// Whether a run reads the parameter at a place in the shape's parameters.
  public func isUsed(at index: Int) -> Bool { shape.parameters[index].isUsed(scenario) }

  /// Whether a run reads each parameter, in the order of the shape's.
  public var used: [Bool] { shape.parameters.used(in: scenario) }

  /// Whether a run reads the parameter at all.
  public func isUsed(_ parameter: Parameter) -> Bool { parameter.isUsed(scenario) }

  /// The scenario of one replication: every unknown value that it reads is drawn from its range,
  /// log-uniformly and from a stream of its own, so that what is not known widens the spread of the
  /// results.
  ///
  /// - Parameter place: a point of the unit cube, a dimension for each of the first of `unknowns`,
  ///   that is shifted by what the streams draw (Cranley and Patterson 1976).
  /// - Returns: the scenario and the drawn values in the order of `unknowns`.
  public func drawn(
    seed: UInt64, replication: UInt64, at place: [Double] = []
  ) -> (scenario: Scenario, values: [Double]) {
    var scenario = scenario
    let values = unknowns.enumerated().map { dimension, unknown in
      let (parameter, range) = unknown
      var stream = RandomStream(
        seed: seed, replication: replication, name: "unknown.\(parameter.path)")
      let shift = dimension < place.count ? place[dimension] : 0
      let share = (stream.uniform() + shift).truncatingRemainder(dividingBy: 1)
      parameter.write(&scenario, .quantity(range.value(at: share)))
      // What the scenario made of it: whole numbers are rounded.
      return parameter.read(scenario)?.constant ?? .nan
    }
    return (scenario, values)
  }

  /// The scenario of a replication, given the values that it drew, in the order of `unknowns`.
  public func scenario(drawing values: [Double]) -> Scenario {
    var scenario = scenario
    for (unknown, value) in zip(unknowns, values) {
      unknown.parameter.write(&scenario, .quantity(value))
    }
    return scenario
  }

  init(shape: WorldShape, systems: [String], chain: String) {
    self.shape = shape
    self.systems = systems
    self.chain = chain
    scenario = shape.baseCase
    origins = [Provenance?](repeating: nil, count: shape.parameters.count)
  }

  /// The preset of the only rollup, or of the first; empty for the base case.
  public var system: String { systems[0] }

  mutating func set(_ warmUp: ScenarioRequest.AutomaticWarmUp) {
    guard let index = shape.index(of: ScenarioRequest.warmUp) else {
      preconditionFailure("no parameter is called \(ScenarioRequest.warmUp)")
    }
    set(index, .quantity(warmUp.seconds ?? 0), .pilotRuns)
  }

  /// Whether pilot runs find the value of the parameter at a place in the shape's parameters.
  public func isAutomatic(at index: Int) -> Bool { origins[index] === Provenance.pilotRuns }

  mutating func set(_ parameter: Int, _ value: ParameterValue, _ origin: Provenance) {
    shape.parameters[parameter].write(&scenario, value)
    origins[parameter] = origin === Provenance.baseCase ? nil : origin
  }

  /// Finds the unknown values that a run reads; nothing is set after that.
  mutating func findUnknowns() {
    unknownIndices = origins.indices.filter { origins[$0]?.range != nil && isUsed(at: $0) }
  }
}

extension ClosedRange<Double> {
  /// A value at a share of the range, evenly in the logarithm.
  fileprivate func value(at share: Double) -> Double {
    lowerBound * pow(upperBound / lowerBound, share)
  }
}

extension Catalogue {
  /// Builds the scenario that a request asks for: base case, settlement chain, system, settings.
  ///
  /// - Throws: `InvalidInput` with every problem, each where the user can change it.
  public func resolve(_ request: ScenarioRequest) throws(InvalidInput) -> ResolvedScenario {
    var resolved = try layers(of: request)
    try check(resolved, request)
    resolved.findUnknowns()
    return resolved
  }

  /// The same, to be looked at and not to be run: a chain alone may have no room for what the base
  /// case posts.
  ///
  /// - Throws: `InvalidInput` if there is no such preset.
  public func layered(_ request: ScenarioRequest) throws(InvalidInput) -> ResolvedScenario {
    var resolved = try layers(of: request)
    resolved.findUnknowns()
    return resolved
  }

  /// Lays the settings over the systems, these over the chain, and that over the base case.
  private func layers(of request: ScenarioRequest) throws(InvalidInput) -> ResolvedScenario {
    let shape = request.shape
    var lineages: [[Preset]] = []
    for (path, name) in zip(shape.systemPaths, request.systems) {
      guard let name else {
        lineages.append([])
        continue
      }
      let system = try find(.system, name.text, at: name.location, path: path)
      lineages.append(try lineage(of: system, at: name.location))
    }
    let chainName = try chain(of: request, lineages)
    var resolved = ResolvedScenario(
      shape: shape, systems: lineages.map { $0.last?.name ?? "" }, chain: chainName?.text ?? "")
    if let chainName {
      let chain = try find(
        .chain, chainName.text, at: chainName.location, path: "settlement.chain")
      for preset in try lineage(of: chain, at: chainName.location) { resolved.apply(preset, to: 0) }
    }
    let rollups = shape.rollups.count
    for (rollup, lineage) in lineages.prefix(rollups).enumerated() {
      for preset in lineage { resolved.apply(preset, to: rollup) }
    }
    for (change, lineage) in zip(shape.changes, lineages.dropFirst(rollups)) {
      resolved.apply(lineage, to: change, request)
    }
    for setting in request.settings {
      resolved.set(
        setting.parameter, setting.value, Provenance(origin: setting.location.file, flag: .chosen))
    }
    if let warmUp = request.automaticWarmUp { resolved.set(warmUp) }
    return resolved
  }

  /// The chain that a request asks for, or else the one that all its systems have.
  private func chain(
    of request: ScenarioRequest, _ lineages: [[Preset]]
  ) throws(InvalidInput) -> ScenarioRequest.Name? {
    if let chain = request.chain { return chain }
    var found: ScenarioRequest.Name?
    for (name, lineage) in zip(request.systems, lineages).prefix(request.shape.rollups.count) {
      guard let name, let own = lineage.last(where: { $0.chain != nil })?.chain else { continue }
      if let found, found.text != own {
        let message =
          "expected a settlement chain: '\(name.text)' is on '\(own)', another rollup on '\(found.text)'"
        throw InvalidInput([Problem(name.location, path: "settlement.chain", message)])
      }
      found = .init(own, name.location)
    }
    return found
  }

  private func check(
    _ resolved: ResolvedScenario, _ request: ScenarioRequest
  ) throws(InvalidInput) {
    let rows = resolved.historyProblems
    guard rows.isEmpty else { throw InvalidInput(rows) }
    do throws(InvalidScenario) {
      _ = try resolved.scenario.validated(resolved.shape)
    } catch {
      throw InvalidInput(
        error.problems.map { request.problem(with: [$0.path] + $0.others, $0.expectation) })
    }
    let problems = resolved.traceProblems
    guard problems.isEmpty else { throw InvalidInput(problems) }
  }
}

extension ScenarioRequest {
  /// A problem at what was set last of the parameters that it rests on; at the system if none was.
  func problem(with paths: [String], _ message: String) -> Problem {
    for setting in settings.reversed() {
      let set = shape.parameters[setting.parameter].path
      if let path = paths.first(where: { set == $0 || set.hasPrefix($0 + ".") }) {
        return Problem(setting.location, path: path, message)
      }
    }
    // Of a change before that of its rollup.
    let owner = zip(shape.systemPaths, systems).reversed().first { path, _ in
      paths[0].hasPrefix(path.dropLast("system".count))
    }?.1
    return Problem(owner?.location ?? system?.location ?? source, path: paths[0], message)
  }
}

extension ResolvedScenario {
  /// Applies a preset, whose figures about a rollup become those of the one at a place.
  mutating func apply(_ preset: Preset, to rollup: Int) {
    for entry in preset.entries {
      set(shape.place(of: entry.parameter, rollup: rollup), entry.value, entry.provenance)
    }
  }
}
