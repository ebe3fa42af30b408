import Foundation
import Randomness
import Worlds

/// A scenario with the provenance of every value.
public struct ResolvedScenario: Sendable {
  /// The name of the system; empty for the base case.
  public let system: String
  /// The name of the settlement chain; empty for the base case.
  public let chain: String
  /// The values; an unknown one stands at the middle of its range.
  public private(set) var scenario: Scenario
  /// Where each value comes from, in the order of `Parameter.all`.
  public private(set) var provenance: [Provenance]

  /// The parameters whose value is unknown, with their ranges in base units.
  public var unknowns: [(parameter: Parameter, range: ClosedRange<Double>)] {
    zip(Parameter.all, provenance).compactMap { parameter, provenance in
      provenance.range.map { (parameter, $0) }
    }
  }

  /// What a measure rests on at worst.
  public func basis(of measure: Measure) -> Basis { bases(of: [measure])[0] }

  /// What each of some measures rests on at worst.
  public func bases(of measures: [Measure]) -> [Basis] {
    let weak = zip(Parameter.all, provenance).filter { parameter, provenance in
      provenance.flag.basis > .documented && isUsed(parameter)
    }
    return measures.map { measure in
      weak.filter { parameter, _ in
        measure.parts.contains(parameter.part) && parameter.affects.contains(measure.group)
      }
      .map { $0.1.flag.basis }.max() ?? .documented
    }
  }

  /// Whether a run reads the parameter at all.
  public func isUsed(_ parameter: Parameter) -> Bool {
    if parameter.read(scenario) == nil { return false }
    let path = parameter.path
    switch scenario.family {
    case .optimistic where path.hasPrefix("prover.") || path == "bridge.execution_delay":
      return false
    case .validity where path.hasPrefix("proposer.") || path == "bridge.challenge_window":
      return false
    default: break
    }
    switch scenario.poster.carrier {
    case .blobs where ["poster.calldata_bytes", "poster.zero_bytes"].contains(path): return false
    case .calldata where path == "poster.blob_bytes": return !scenario.neighbours.isEmpty
    case .calldata where path.hasPrefix("poster.blob"): return false
    default: break
    }
    if path == "sequencer.block_interval", scenario.sequencer.sealing == .perTransaction {
      return false
    }
    if path.hasSuffix(".prover_work"), scenario.family == .optimistic { return false }
    if path == "bid.fee_cap", scenario.bid.capRule != .fixed { return false }
    if path.hasPrefix("deposits."), path != "deposits.rate", scenario.deposits.rate == 0 {
      return false
    }
    guard scenario.settlement.reads(path), scenario.bid.reads(path), scenario.neighbours.reads(path)
    else { return false }
    return !path.hasPrefix("workload.classes.") || isInMix(path)
  }

  private func isInMix(_ path: String) -> Bool {
    let name = path.split(separator: ".")[2]
    return Parameter.named("workload.mix.\(name)")?.read(scenario) != .quantity(0)
  }

  /// The scenario of one replication: every unknown value is drawn from its range, log-uniformly
  /// and from a stream of its own, so that what is not known widens the spread of the results.
  ///
  /// - Returns: the scenario and the drawn values in the order of `unknowns`.
  public func drawn(seed: UInt64, replication: UInt64) -> (scenario: Scenario, values: [Double]) {
    var scenario = scenario
    let values = unknowns.map { parameter, range in
      var stream = RandomStream(
        seed: seed, replication: replication, name: "unknown.\(parameter.path)")
      parameter.write(&scenario, .quantity(range.drawn(&stream)))
      // What the scenario made of it: whole numbers are rounded.
      return parameter.read(scenario)?.constant ?? .nan
    }
    return (scenario, values)
  }

  init(system: String, chain: String) {
    self.system = system
    self.chain = chain
    scenario = .baseCase
    provenance = [Provenance](repeating: .baseCase, count: Parameter.all.count)
  }

  mutating func set(_ parameter: Int, _ value: ParameterValue, _ origin: Provenance) {
    Parameter.all[parameter].write(&scenario, value)
    provenance[parameter] = origin
  }
}

extension ClosedRange<Double> {
  fileprivate func drawn(_ stream: inout RandomStream) -> Double {
    lowerBound * pow(upperBound / lowerBound, stream.uniform())
  }
}

extension Catalogue {
  /// Builds the scenario that a request asks for: base case, settlement chain, system, settings.
  ///
  /// - Throws: `InvalidInput` with every problem, each where the user can change it.
  public func resolve(_ request: ScenarioRequest) throws(InvalidInput) -> ResolvedScenario {
    let resolved = try layered(request)
    try check(resolved, request)
    return resolved
  }

  /// The same, to be looked at and not to be run: a chain alone may have no room for what the base
  /// case posts.
  ///
  /// - Throws: `InvalidInput` if there is no such preset.
  public func layered(_ request: ScenarioRequest) throws(InvalidInput) -> ResolvedScenario {
    var system: Preset?
    if let name = request.system {
      system = try find(.system, name.text, at: name.location, path: "system")
    }
    let systemLocation = request.system?.location ?? request.source
    let systemLineage =
      if let system { try lineage(of: system, at: systemLocation) } else { [Preset]() }
    let ownChain = systemLineage.last { $0.chain != nil }?.chain
    let chainName = request.chain ?? ownChain.map { .init($0, systemLocation) }
    var resolved = ResolvedScenario(
      system: system?.name ?? "", chain: chainName?.text ?? "")
    if let chainName {
      let chain = try find(
        .chain, chainName.text, at: chainName.location, path: "settlement.chain")
      for preset in try lineage(of: chain, at: chainName.location) { resolved.apply(preset) }
    }
    for preset in systemLineage { resolved.apply(preset) }
    for setting in request.settings {
      resolved.set(
        setting.parameter, setting.value, Provenance(origin: setting.location.file, flag: .chosen))
    }
    return resolved
  }

  private func check(
    _ resolved: ResolvedScenario, _ request: ScenarioRequest
  ) throws(InvalidInput) {
    do throws(InvalidScenario) {
      _ = try resolved.scenario.validated()
    } catch {
      throw InvalidInput(
        error.problems.map { problem in
          let setting = request.settings.last {
            Parameter.all[$0.parameter].path.hasPrefix(problem.path)
          }
          let location = setting?.location ?? request.system?.location ?? request.source
          return Problem(location, path: problem.path, problem.expectation)
        })
    }
  }
}

extension ResolvedScenario {
  mutating func apply(_ preset: Preset) {
    for entry in preset.entries { set(entry.parameter, entry.value, entry.provenance) }
  }
}
