import EventKernel
import Worlds

/// What happened in one replication, on the tracks of a settlement chain, its rollups and their services.
public struct Trace {
  /// What is recorded, and how much of it.
  public struct Options: Sendable {
    /// What reaches into this is recorded; the run goes no further than its end.
    public var window: ClosedRange<SimTime> = .start ... .distantFuture
    /// Of so many blocks of each batch, the first ones, the first transaction is followed.
    public var followed = 1
    /// More entries than this are not recorded; each takes some 500 B of memory.
    public var limit = 1_000_000

    /// The whole run, and the first transaction of each batch.
    public init() {}
  }

  /// More entries came than may be recorded.
  public struct TooLarge: Error {
    /// The limit.
    public let limit: Int
    /// When it was reached.
    public let reachedAt: SimTime
  }

  let scenario: Scenario
  /// In the order of their beginning.
  let entries: [TraceEntry]
  /// When the recording ended.
  public let endedAt: SimTime
  /// What the run gave, or why it gave nothing; nil if the recording ended before it.
  public let outcome: Result<RunResult, RunFailure>?

  /// Runs one replication, the same as without a trace, and records what happens.
  ///
  /// - Parameter log: takes every event as it comes.
  /// - Throws: `TooLarge`.
  public init(
    of valid: ValidScenario, seed: UInt64, replication: UInt64, _ options: Options = Options(),
    log: EventLog? = nil
  ) throws(TooLarge) {
    let tracer = Tracer(
      valid.scenario, log: log, followed: options.followed,
      Timeline(window: options.window, limit: options.limit, isLogged: log != nil))
    let run = valid.watch(
      seed: seed, replication: replication, through: options.window.upperBound, by: tracer)
    var timeline = run.watcher.timeline
    if timeline.isFull { throw TooLarge(limit: options.limit, reachedAt: run.endedAt) }
    // A run that was cut off goes on to the end of what was asked for, with no event in between.
    endedAt = run.outcome == nil ? options.window.upperBound : run.endedAt
    timeline.finish(at: endedAt)
    scenario = valid.scenario
    entries = timeline.entries
    outcome = run.outcome
  }

  /// How many things it says happened.
  public var count: Int { entries.count }
}

extension Trace {
  /// What the table and a viewer call the settlement chain, a rollup or a service.
  func name(of owner: TraceTrack.Owner) -> String {
    switch owner {
    case .settlement: Hosting.settlement
    case .rollup(let place): name(ofRollup: place)
    case .service(let place): scenario.services[place].name
    }
  }

  /// The name of a rollup, or `rollup` for the only one of a scenario that names none.
  func name(ofRollup place: Int) -> String {
    let name = scenario.rollups[place].name
    return name.isEmpty ? "rollup" : name
  }

  /// The settlement chain, then the rollups and the services of the scenario.
  var owners: [TraceTrack.Owner] {
    [.settlement] + scenario.rollups.indices.map(TraceTrack.Owner.rollup)
      + scenario.services.indices.map(TraceTrack.Owner.service)
  }
}
