import EventKernel
import Ledger
import Rollup
import Settlement
import Statistics

/// What one replication of a scenario gave.
public struct RunResult: Sendable, Equatable {
  /// The value of every measure of `Measure.all`, in its order; nil where it does not apply.
  public let measures: [Double?]
  /// The fees of the settlement chain on a grid; empty unless asked for.
  public let feePath: [FeePath.Sample]
  /// Events executed.
  public let events: UInt64
  /// Hash of the trajectory: same build, specification and seed, same value.
  public let fingerprint: UInt64

  /// The value of the measure with a name, whose `_mean` at the end may be left out; nil where it does
  /// not apply.
  ///
  /// No measure has another name, so one that is misspelt traps. `Measure.all` has them all.
  public subscript(name: String) -> Double? {
    guard let index = Measure.index(of: name) else {
      preconditionFailure("no measure is called '\(name)'")
    }
    return measures[index]
  }

  /// A result with these parts.
  public init(
    measures: [Double?], feePath: [FeePath.Sample], events: UInt64, fingerprint: UInt64
  ) {
    self.measures = measures
    self.feePath = feePath
    self.events = events
    self.fingerprint = fingerprint
  }
}

/// Why a run has no result.
public enum RunFailure: Error, Equatable, CustomStringConvertible {
  /// A fee of the settlement chain left the range of 64 bits.
  case feeOverflow
  /// The history of the settlement chain ended before the run.
  case historyEnded(at: SimTime)
  /// No transaction was submitted in the measured window.
  case nothingMeasured
  /// The cool-down ended before every measured transaction was final, because something waits.
  case unfinished(final: Int, of: Int, because: String)
  /// More waits than memory is meant to hold.
  case overfull(at: SimTime, because: String)
  /// Values drawn from unknown ranges do not fit together.
  case invalidDraw
  /// Payments and receipts differ.
  case imbalance(String)
  /// Transactions were lost or made up: a defect of the simulator.
  case conservation(String)

  /// The failure in words, with what to do about it.
  public var description: String {
    switch self {
    case .feeOverflow:
      "a settlement fee exceeded 2^64 wei per gas: demand outgrows its price elasticity; raise "
        + "settlement.demand.elasticity or settlement.blob_demand.elasticity"
    case .historyEnded(let time):
      "the history of the settlement chain has no block at \((time - .start).seconds.shortest) s, and "
        + "not everything is final: give a longer one, or set settlement.history.end"
    case .nothingMeasured:
      "no transaction was submitted between warm-up and horizon: lengthen the horizon or raise the "
        + "arrival rate"
    case .unfinished(let final, let accepted, let reason):
      "only \(final) of \(accepted) measured transactions were final when the cool-down ended, so "
        + "latencies would be cut off (\(reason)): lengthen cooldown or lower the load"
    case .overfull(let time, let reason):
      "at \((time - .start).seconds.shortest) s there are more than \(World.pendingLimit) settlement "
        + "transactions or \(World.openLimit) batches and claims waiting, which memory is not meant "
        + "to hold (\(reason)): lower the load or raise what blocks and batches carry"
    case .invalidDraw:
      "values drawn from unknown ranges do not make a valid scenario: narrow or set them"
    case .imbalance(let text): text
    case .conservation(let text): "conservation is violated: \(text)"
    }
  }
}

extension RunFailure {
  /// The same failure, said of a rollup whose name stands before the reason.
  func of(_ name: String) -> RunFailure {
    switch self {
    case .unfinished(let final, let accepted, let reason):
      .unfinished(final: final, of: accepted, because: name + reason)
    case .conservation(let text): .conservation(name + text)
    case .imbalance(let text): .imbalance(name + text)
    case .feeOverflow, .historyEnded, .nothingMeasured, .overfull, .invalidDraw: self
    }
  }
}

extension ValidScenario {
  /// Runs one replication until every measured transaction is final.
  ///
  /// - Parameters:
  ///   - seed: of the experiment.
  ///   - replication: number of the replication.
  ///   - tieOrder: how events of one instant and phase are ordered.
  ///   - feeGrid: how often to note the fees of the settlement chain; nil for not at all.
  ///   - onProgress: gets the share of the horizon that has passed: a long run calls it a hundred times,
  ///     a short one once.
  /// - Throws: `RunFailure` if the run has no honest result.
  public func run(
    seed: UInt64, replication: UInt64, tieOrder: TieOrder = .scheduling,
    feeGrid: SimDuration? = nil, onProgress: (Double) -> Void = { _ in }
  ) throws(RunFailure) -> RunResult {
    let world = World(self, seed: seed, replication: replication, feeGrid: feeGrid)
    let simulation = try finished(world, tieOrder, onProgress)
    return try simulation.model.result(
      shape, events: simulation.scheduler.executed, at: simulation.scheduler.now,
      fingerprint: simulation.scheduler.fingerprint)
  }

  /// How long transactions took to each stage, by when they were submitted, in so many cells up to the
  /// horizon.
  ///
  /// - Returns: for each rollup in turn a series for each stage, in their order.
  /// - Throws: `RunFailure` if the run has no honest result.
  public func latencySeries(
    seed: UInt64, replication: UInt64, cells: Int
  ) throws(RunFailure) -> [LatencySeries] {
    var world = World(self, seed: seed, replication: replication)
    let series = LatencySeries(cells: cells, through: .start + scenario.horizon)
    for place in world.journeys.indices {
      world.journeys[place].record.latencySeries = Stage.allCases.map { _ in series }
    }
    let simulation = try finished(world, .scheduling)
    _ = try simulation.model.summary(at: simulation.scheduler.now)
    var all: [LatencySeries] = []
    for place in simulation.model.journeys.indices {
      all += simulation.model.journeys[place].record.latencySeries ?? []
    }
    return all
  }

  /// A world after every measured transaction is final, or its cool-down has ended.
  private func finished(
    _ world: consuming World, _ tieOrder: TieOrder, _ onProgress: (Double) -> Void = { _ in }
  ) throws(RunFailure) -> Simulation<World> {
    var simulation = Simulation(world, tieOrder: tieOrder)
    simulation.model.start(&simulation.scheduler)
    let horizon = simulation.model.measured.upperBound
    let parts = scenario.progressParts
    for part in 1...parts {
      // Where a run pauses changes nothing: the events between are the same, in their order.
      let end = horizon.nanoseconds / parts * part + horizon.nanoseconds % parts * part / parts
      simulation.run(through: SimTime(nanoseconds: end)) { $0.cannotGoOn }
      onProgress(Double(part) / Double(parts))
    }
    simulation.model.beginCoolDown(at: simulation.scheduler.now)
    simulation.run(through: horizon + scenario.coolDown) { $0.isFinished || $0.cannotGoOn }
    try simulation.model.checkGoesOn(at: simulation.scheduler.now)
    return simulation
  }
}
