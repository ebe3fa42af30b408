import EventKernel
import Ledger
import Rollup
import Settlement

// Proofs that several rollups share: who brings claims to the service, its transaction to the chain, and the
// bill to the rollups.

extension World {
  /// Brings claims of a rollup to the service that proves them together with others.
  mutating func shareClaims(of place: Int, _ scheduler: inout Scheduler<WorldEvent>) {
    guard let service = topology.services[place] else {
      preconditionFailure("a rollup without a prover service shares a proof")
    }
    let claims = journeys[place].claimsToShare
    journeys[place].claimsToShare.removeAll(keepingCapacity: true)
    for claim in claims { services[service].share(claim, &scheduler) }
  }

  mutating func verify(_ proof: ProofToVerify, of service: Int, at now: SimTime) {
    settlement.submit(
      SettlementTransaction(
        kind: .sharedProof, of: .ofService(service), reference: proof.number, gas: proof.gas,
        blobs: 0, bid: Bid(feeCap: proof.feeCap, tip: proof.tip, blobFeeCap: 0)), at: now)
  }

  mutating func includeShared(_ receipt: SettlementReceipt, at now: SimTime) {
    for claim in claims(sharing: receipt) {
      journeys[Int(claim.rollup.number)].includeShared(claim, at: now)
    }
  }

  mutating func dropShared(_ receipt: SettlementReceipt) {
    for claim in claims(sharing: receipt) {
      journeys[Int(claim.rollup.number)].dropShared(claim)
    }
  }

  /// The block with a proof is final: each claim pays its part, by prover work.
  ///
  /// Sums from the first claim on are rounded down, so that the parts add up to the wei.
  mutating func settleShared(_ receipt: SettlementReceipt) {
    let claims = claims(sharing: receipt)
    let total = claims.reduce(into: UInt64(0)) { $0 += $1.weight }
    let cost = FeeParts(of: receipt, calldataGas: 0)
    var (weight, paid) = (UInt64(0), FeeParts.zero)
    for claim in claims {
      weight += claim.weight
      let through = cost.scaled(by: weight, over: total)
      journeys[Int(claim.rollup.number)].payShared(through - paid, for: claim)
      paid = through
    }
    services[receipt.serviceThatSent].settle(
      shared: receipt.transaction.reference, includedAt: receipt.includedAt, cost: cost.total)
  }

  private func claims(sharing receipt: SettlementReceipt) -> [SharedClaim] {
    services[receipt.serviceThatSent].claims(ofShared: receipt.transaction.reference)
  }
}

extension RollupID {
  /// By what number the settlement chain knows a service: none of a rollup.
  fileprivate static func ofService(_ place: Int) -> RollupID {
    RollupID(Int(UInt16.max) - place)
  }
}

extension SettlementReceipt {
  /// The place of the service that sent the transaction.
  fileprivate var serviceThatSent: Int { Int(UInt16.max - transaction.rollup.number) }
}
