import EventKernel
import Settlement

/// What a rollup waits for that does not become final, in the words of whoever has to change something.
extension Journey {
  /// What keeps measured transactions from being final when the run ends.
  ///
  /// - Parameter obstacle: what keeps transactions of some kinds out of blocks of the host.
  func whatWaits(_ obstacle: (Set<SettlementTransaction.Kind>) -> String) -> String {
    if exits.isFrozen { return "the rollup is frozen, and takes nothing more from its operator" }
    let accepted = UInt64(acceptedMeasured)
    let posted = record.closedMeasured
    if record[.soft].latencies.count < accepted + machines.record.lost.count {
      if let machines = machines.whatWaits { return machines }
      if sequencerSet.isBlocked { return "nobody can make a block under sequencer.set" }
      return "the sequencer has \(sequencer.waiting) transactions waiting"
    }
    if machines.delayedCount > 0 {
      return "batches wait for the machine that hands them over (nodes)"
    }
    if posted < accepted { return "the open batch is not full" }
    if dataLayer.firstNotReady < batches.indices.upperBound { return dataLayer.whatWaits }
    let missing = batches.indices.first { batches[$0].includedIn == nil }
    if let missing, !terms(ofBatch: missing).scenario.holdsData {
      return "batch data \(obstacle([.data, .dataPart]))"
    }
    if claims.indices.contains(where: { claims[$0].includedIn == nil }) {
      return "a claim or proof \(obstacle([.stateClaim, .proof, .provenData]))"
    }
    if batches.indices.contains(where: { !batches[$0].isClaimed }) {
      return policy.sequence.isProved ? "batches are not proven" : "batches are not claimed"
    }
    if let claim = claims.indices.first(where: { claims[$0].maturedAt == nil }) {
      if policy.sequence.isProved { return "what is proven has not taken effect" }
      return terms(ofClaim: claim).scenario.bridge.challengeBlocks > 0
        ? "bridge.challenge_blocks have not come" : "bridge.challenge_window has not passed"
    }
    return "settlement blocks do not become final"
  }
}

extension Journey {
  /// What keeps withdrawals of coins from being paid when the run ends.
  func whatFastExitsWaitFor(_ obstacle: (Set<SettlementTransaction.Kind>) -> String) -> String {
    fastExits.isPaymentUnderway
      ? "what providers pay \(obstacle([.payout])) (they bid deposits.fee_cap and deposits.tip)"
      : "withdrawals of coins wait for a batch, a claim or the bridge"
  }
}

extension World {
  /// More settlement transactions than this may not wait: they take some 250 MB.
  static let pendingLimit = 1_000_000
  /// More batches and claims than this may not be open: they take about a gigabyte.
  static let openLimit = 250_000

  /// Whether more waits than memory is meant to hold.
  var isOverfull: Bool {
    if settlement.pendingCount > Self.pendingLimit { return true }
    var open = 0
    for place in journeys.indices {
      open += journeys[place].batches.count + journeys[place].claims.count
    }
    return open > Self.openLimit
  }

  /// What a rollup's operator can do about a bid that is too low.
  private func remedy(_ key: String, of place: Int) -> String {
    switch scenario.rollups[place].bid.capRule {
    case .fixed: "raise bid.\(key)"
    case .nitro: "bid.cap_rule bounds it by backlog and age"
    }
  }

  /// What keeps transactions of a rollup out of blocks of its host at `now`.
  func obstacle(
    to kinds: Set<SettlementTransaction.Kind>, of place: Int, at now: SimTime
  ) -> String {
    guard kinds.allSatisfy({ scenario.rollups[place].sendsToSettlement($0) }) else {
      return "waits for a block of the host"
    }
    let rollup = journeys[place].rollup
    guard let (obstacle, since) = settlement.obstacle(to: kinds, of: rollup, at: now) else {
      return "is in no settlement block"
    }
    let waits = "waits since \((since - .start).seconds.shortest) s"
    return switch obstacle {
    case .feeCap(let cap, let baseFee):
      "\(waits): it bids at most \(cap) wei per gas, and the base fee is \(baseFee) wei; "
        + remedy("fee_cap", of: place)
    case .blobFeeCap(let cap, let blobBaseFee):
      "\(waits): it bids at most \(cap) wei per blob gas, and the blob base fee is \(blobBaseFee) wei; "
        + remedy("blob_fee_cap", of: place)
    case .room:
      "\(waits): \(settlement.pendingCount) transactions wait for room in settlement blocks"
    }
  }

  /// What waits, of the rollup that has most open.
  func whatWaits(at now: SimTime) -> String {
    var fullest = 0
    for place in journeys.indices
    where journeys[place].batches.count > journeys[fullest].batches.count { fullest = place }
    return name(of: fullest)
      + journeys[fullest].whatWaits { obstacle(to: $0, of: fullest, at: now) }
  }

  /// The name of a rollup before what is said of it; empty where there is one.
  func name(of place: Int) -> String {
    let name = scenario.rollups[place].name
    return name.isEmpty ? "" : "\(name): "
  }
}
