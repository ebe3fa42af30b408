import Rollup
import Settlement

// Which parameters of the settlement chain a run reads at all.

extension SettlementPolicy {
  /// Whether a run on this chain reads the parameter at `path`; true for those of other parts.
  func reads(_ path: String) -> Bool {
    guard let key = path.removing(prefix: "settlement.") else { return true }
    if let rest = key.removing(prefix: "forks.") { return readsFork(rest) }
    if let rest = key.removing(prefix: "demand.") { return demand.reads(rest) }
    if let rest = key.removing(prefix: "blob_demand.") { return hasBlobs && blobDemand.reads(rest) }
    return switch key {
    case "confirmations": finality == .confirmations
    case "slots_per_epoch", "finality_epochs": finality == .epochs
    case "fee_denominator": executionFee.kind == .eip1559
    case "blob_update_fraction", "blob_reserve_price", "blob_base_fee", "demand_correlation":
      hasBlobs
    case "starts_at": !forks.scheduled.isEmpty
    case "reorgs.depth", "reorgs.max_depth": reorgs.probability > 0
    case "censorship.target": censorship.share > 0
    case "outages.duration": outages.interval > .zero
    case "finality_stalls.duration": finalityStalls.interval > .zero
    default: true
    }
  }

  /// - Parameter key: the fork's number, a dot and its key.
  private func readsFork(_ key: String) -> Bool {
    guard let number = key.first?.wholeNumberValue, !key.hasSuffix(".time") else { return true }
    return forks[number].time > 0
  }
}

extension OthersDemand.Policy {
  fileprivate func reads(_ key: String) -> Bool {
    switch key {
    case "congestion_duration", "congestion_factor": congestion.interval > .zero
    case "shock_start", "shock_factor": shock.duration > .zero
    default: true
    }
  }
}

extension Bid {
  /// Whether a run with this bid reads the parameter at `path`; true for those of other parts.
  func reads(_ path: String) -> Bool {
    switch path {
    case "bid.replace_after": replacementRule == .interval
    case "bid.bump": replacementRule != .never
    default: true
    }
  }
}

extension NeighbourGroups {
  /// Whether a run with these neighbours reads the parameter at `path`; true for other parts.
  func reads(_ path: String) -> Bool {
    guard let key = path.removing(prefix: "neighbours."), !key.hasSuffix(".count") else {
      return true
    }
    return Size.allCases.contains { key.hasPrefix($0.rawValue + ".") && self[$0].count > 0 }
  }
}

extension String {
  fileprivate func removing(prefix: String) -> String? {
    hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
  }
}
