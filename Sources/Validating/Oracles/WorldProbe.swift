import Catalogue
import Worlds

/// The world that users run, with a scenario as users write it, asked for its measures.
///
/// An object, so that cases that ask the same one are seen to share its runs.
final class WorldProbe: Sendable {
  /// A rollup that keeps still, on a chain that nobody else uses.
  static let quiet = quietRollup + "\n" + quietChain

  /// What a rollup says to keep still: transactions are alike, each is a block of its own, and claims
  /// are not disputed.
  static let quietRollup = """
    workload.mix: {transfer: 1, token_transfer: 0, swap: 0, mint: 0}
    workload.classes.transfer: {gas: 21000 gas, bytes: 100 B, prover_work: 1}
    sequencer.sealing: per_transaction
    poster: {compression: 1, overhead_bytes: 0 B, zero_bytes: 0, gas: 0 gas}
    bridge: {challenge_window: 0 s, execution_delay: 0 s}
    bid.tip: 0 gwei
    """

  /// A chain that others leave alone: the first block that has room takes what is sent and is final at
  /// once.
  static let quietChain = """
    settlement: {missed_slots: 0, finality: instant, fee_rule: constant, base_fee: 1 gwei}
    settlement.blob_base_fee: 1 wei
    settlement.demand.level: 0
    settlement.blob_demand.level: 0
    """

  /// A prover that takes each batch at once, and nothing else in its pipeline takes time.
  static let proverAlone = """
    sequence: sequence_verify
    prover: {witness_time: 0 s, aggregated_batches: 1, aggregation_time: 0 s}
    """

  /// A prover alone, with batches so far apart that none waits for the proof of another.
  ///
  /// Each is a transaction. Blocks come when they like, so a proof waits a slot in the mean, whenever it is
  /// there.
  static let proofsApart =
    proverAlone + """

      warmup: 0 s
      workload.arrivals.deterministic.rate: 0.1 /h
      poster.max_bytes: 100 B
      settlement.blocks: exponential
      """

  /// A batch for each transaction, handed over when it is submitted, at a random time.
  ///
  /// Calldata of many fits into a block, of blobs only six.
  static let onePerBatch = """
    warmup: 1 h
    horizon: 13 h
    workload.arrivals.poisson.rate: 0.1 /s
    poster: {carrier: calldata, max_bytes: 100 B}
    """

  /// What is said of rollups by their names, as part of a scenario.
  static func rollups(_ texts: [(name: String, text: String)]) -> String {
    let rollups = texts.map { name, text in
      "  \(name):\n" + text.split(separator: "\n").map { "    \($0)\n" }.joined()
    }
    return "rollups:\n" + rollups.joined()
  }

  private let resolved: ResolvedScenario
  /// What texts cannot say of the scenario.
  private let change: @Sendable (inout Scenario) -> Void

  /// A probe of a scenario; later texts go over earlier ones.
  convenience init(_ texts: String...) { self.init(texts) }

  /// A probe of a scenario; later texts go over earlier ones.
  ///
  /// - Parameter change: what texts cannot say of it, such as a trace that is in no file.
  init(
    _ texts: [String], changing change: @escaping @Sendable (inout Scenario) -> Void = { _ in }
  ) {
    self.change = change
    do throws(InvalidInput) {
      var request = ScenarioRequest(source: Location(file: "oracle"))
      var problems: [Problem] = []
      for text in texts { request.add(try .parse(text, file: "oracle"), &problems) }
      guard problems.isEmpty else { throw InvalidInput(problems) }
      resolved = try Catalogue.builtIn.resolve(request)
    } catch {
      preconditionFailure("the scenario of an oracle is broken:\n\(error)")
    }
  }

  /// Runs one replication.
  ///
  /// - Parameter change: what else texts cannot say of the scenario, of this run alone.
  func run(
    seed: UInt64 = 1, replication: UInt64 = 0, _ change: (inout Scenario) -> Void = { _ in }
  ) -> Values {
    var drawn = resolved.drawn(seed: seed, replication: replication).scenario
    self.change(&drawn)
    change(&drawn)
    let result = try? drawn.validated(resolved.shape).run(seed: seed, replication: replication)
    return Values(shape: resolved.shape, result: result)
  }

  /// The measures of one run.
  struct Values: Sendable {
    fileprivate let shape: WorldShape
    fileprivate let result: RunResult?

    /// The value of a measure; not a number where it has none, or the run has failed.
    ///
    /// - Parameter subject: the rollup or the service whose it is, where the scenario names them.
    subscript(name: String, of subject: String = "") -> Double {
      let place = shape.measures.firstIndex { $0.name == name && $0.subjectName == subject }
      guard let place else { preconditionFailure("no measure is called \(name) of '\(subject)'") }
      return result?.measures[place] ?? .nan
    }
  }
}

extension Double {
  /// Rounded half up to a number of decimals, as published figures are.
  func rounded(to decimals: Int) -> Double {
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    return (self * scale).rounded() / scale
  }
}
