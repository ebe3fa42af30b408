import EventKernel
import Settlement

/// What a rollup waits for that does not become final, in the words of whoever has to change something.
extension RollupWorld {
  /// More settlement transactions than this may not wait: they take some 250 MB.
  static let pendingLimit = 1_000_000
  /// More batches and claims than this may not be open: they take about a gigabyte.
  static let openLimit = 250_000

  /// Whether more waits than memory is meant to hold.
  var isOverfull: Bool {
    settlement.pendingCount > Self.pendingLimit || batches.count + claims.count > Self.openLimit
  }

  /// What keeps measured transactions from being final when the run ends at `now`.
  func whatWaits(at now: SimTime) -> String {
    let accepted = UInt64(acceptedMeasured)
    if record[.soft].latencies.count < accepted {
      return "the sequencer has \(sequencer.waiting) transactions waiting"
    }
    if record[.posted].latencies.count < accepted { return "the open batch is not full" }
    if firstNotIncluded < batches.indices.upperBound {
      return waiting("batch data", [.data, .dataPart], at: now)
    }
    if claims.indices.contains(where: { claims[$0].includedAt == nil }) {
      return waiting("a claim or proof", [.stateClaim, .proof], at: now)
    }
    if batches.indices.contains(where: { !batches[$0].isClaimed }) {
      return scenario.family == .validity ? "batches are not proven" : "batches are not claimed"
    }
    if claims.indices.contains(where: { claims[$0].maturedAt == nil }) {
      return scenario.family == .validity
        ? "bridge.execution_delay has not passed" : "bridge.challenge_window has not passed"
    }
    return "settlement blocks do not become final"
  }

  private func waiting(
    _ what: String, _ kinds: Set<SettlementTransaction.Kind>, at now: SimTime
  ) -> String {
    guard let (obstacle, since) = settlement.obstacle(to: kinds, at: now) else {
      return "\(what) is in no settlement block"
    }
    let waits = "\(what) waits since \((since - .start).seconds.shortest) s"
    return switch obstacle {
    case .feeCap(let cap, let baseFee):
      "\(waits): it bids at most \(cap) wei per gas, and the base fee is \(baseFee) wei; raise bid.fee_cap"
    case .blobFeeCap(let cap, let blobBaseFee):
      "\(waits): it bids at most \(cap) wei per blob gas, and the blob base fee is \(blobBaseFee) wei; "
        + "raise bid.blob_fee_cap"
    case .room:
      "\(waits): \(settlement.pendingCount) transactions wait for room in settlement blocks"
    }
  }
}
