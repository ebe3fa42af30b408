import Rollup
import Settlement
import Worlds

/// When a run reads some parameters at all: what a scenario says elsewhere can make them idle.
///
/// The rules of a parameter are found by its path once; a design may ask for them at each of a
/// hundred thousand points.
struct ParameterUse: Sendable {
  /// The parameters that the rule speaks of, by their paths.
  private let covers: @Sendable (String) -> Bool
  private let holds: @Sendable (Scenario) -> Bool

  /// The rules of each parameter, in the order of `Parameter.all`; it is read if all of them hold.
  private static let rules: [[ParameterUse]] = Parameter.all.map { parameter in
    all.filter { $0.covers(parameter.path) }
  }

  /// Whether a run of a scenario reads the parameter at a place in `Parameter.all`.
  static func isUsed(_ index: Int, in scenario: Scenario) -> Bool {
    rules[index].allSatisfy { $0.holds(scenario) }
  }

  private static let all =
    arrivals + rollup + bids + chain + incidents + demand("settlement.demand.", \.demand)
    + demand("settlement.blob_demand.", \.blobDemand) + forks + classes + neighbours

  /// Arrival processes, of which a scenario has one.
  private static let arrivals = Parameter.all.filter { $0.path.hasPrefix("workload.arrivals.") }
    .map { process in at(process.path) { process.read($0) != nil } }

  private static let rollup = [
    under("prover.") { $0.family != .optimistic },
    at("bridge.execution_delay") { $0.family != .optimistic },
    ending(".prover_work") { $0.family != .optimistic },
    under("proposer.") { $0.family != .validity },
    at("bridge.challenge_window") { $0.family != .validity },
    at("poster.calldata_bytes", "poster.zero_bytes") { $0.poster.carrier != .blobs },
    // Neighbours post blobs of this size too.
    at("poster.blob_bytes") { $0.poster.carrier != .calldata || !$0.neighbours.isEmpty },
    .init(
      covers: { $0.hasPrefix("poster.blob") && $0 != "poster.blob_bytes" },
      holds: { $0.poster.carrier != .calldata }),
    at("sequencer.block_interval") { $0.sequencer.sealing != .perTransaction },
    .init(
      covers: { $0.hasPrefix("deposits.") && $0 != "deposits.rate" },
      holds: { $0.deposits.rate != 0 }),
  ]

  private static let bids = [
    at("bid.fee_cap") { $0.bid.capRule == .fixed },
    at("bid.replace_after") { $0.bid.replacementRule == .interval },
    at("bid.bump") { $0.bid.replacementRule != .never },
  ]

  private static let chain = [
    at("settlement.confirmations") { $0.settlement.finality == .confirmations },
    at("settlement.slots_per_epoch", "settlement.finality_epochs") {
      $0.settlement.finality == .epochs
    },
    at("settlement.fee_denominator") { $0.settlement.executionFee.kind == .eip1559 },
    at(
      "settlement.blob_update_fraction", "settlement.blob_reserve_price",
      "settlement.blob_base_fee", "settlement.demand_correlation"
    ) { $0.settlement.hasBlobs },
    under("settlement.blob_demand.") { $0.settlement.hasBlobs },
    at("settlement.starts_at") { !$0.settlement.forks.scheduled.isEmpty },
  ]

  private static let incidents = [
    at("settlement.reorgs.depth", "settlement.reorgs.max_depth") {
      $0.settlement.reorgs.probability > 0
    },
    at("settlement.censorship.target") { $0.settlement.censorship.share > 0 },
    at("settlement.outages.duration") { $0.settlement.outages.interval > .zero },
    at("settlement.finality_stalls.duration") { $0.settlement.finalityStalls.interval > .zero },
  ]

  private static func demand(
    _ prefix: String, _ demand: KeyPath<SettlementPolicy, OthersDemand.Policy> & Sendable
  ) -> [ParameterUse] {
    [
      at(prefix + "congestion_duration", prefix + "congestion_factor") {
        $0.settlement[keyPath: demand].congestion.interval > .zero
      },
      at(prefix + "shock_start", prefix + "shock_factor") {
        $0.settlement[keyPath: demand].shock.duration > .zero
      },
    ]
  }

  /// What a fork brings, unless it never comes.
  private static let forks = (1...ForkSchedule.capacity).map { number in
    ParameterUse(
      covers: { $0.hasPrefix("settlement.forks.\(number).") && !$0.hasSuffix(".time") },
      holds: { $0.settlement.forks[number].time > 0 })
  }

  /// What transactions of a class are like, unless there are none of it.
  private static let classes = Parameter.all.compactMap { share -> ParameterUse? in
    guard let name = share.path.removing(prefix: "workload.mix.") else { return nil }
    return under("workload.classes.\(name).") { share.read($0) != .quantity(0) }
  }

  private static let neighbours = NeighbourGroups.Size.allCases.map { size in
    ParameterUse(
      covers: { $0.hasPrefix("neighbours.\(size.rawValue).") && !$0.hasSuffix(".count") },
      holds: { $0.neighbours[size].count > 0 })
  }

  private static func at(
    _ paths: String..., holds: @escaping @Sendable (Scenario) -> Bool
  ) -> ParameterUse {
    ParameterUse(covers: { paths.contains($0) }, holds: holds)
  }

  private static func under(
    _ prefix: String, holds: @escaping @Sendable (Scenario) -> Bool
  ) -> ParameterUse {
    ParameterUse(covers: { $0.hasPrefix(prefix) }, holds: holds)
  }

  private static func ending(
    _ suffix: String, holds: @escaping @Sendable (Scenario) -> Bool
  ) -> ParameterUse {
    ParameterUse(covers: { $0.hasSuffix(suffix) }, holds: holds)
  }
}

extension String {
  fileprivate func removing(prefix: String) -> String? {
    hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
  }
}
