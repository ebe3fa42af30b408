/// What an entry of a trace says.
enum TraceKind: String, CaseIterable, Sendable {
  /// A slot of the settlement chain that has a block, until the next slot.
  case slot
  /// A slot of the settlement chain without a block.
  case slotMissed = "slot_missed"
  /// A block that leaves out blocks before it.
  case reorg
  /// Blocks with transactions of rollups become final on the settlement chain.
  case finalised
  /// A transaction that is followed, from its submission to its block.
  case transaction
  /// A block of a rollup, from its first transaction or the block before to its sealing.
  case layer2Block = "l2_block"
  /// A batch, from its first block to its closing.
  case batch
  /// A transaction of a rollup on its host, from its handing over to finality.
  case hostTransaction = "host_transaction"
  /// It waits for a block of the host.
  case inclusion
  /// It is in a block of the host that is not final.
  case finality
  /// It is replaced by one that bids more, as seen at the next slot.
  case replacement
  /// The witness of a batch is made.
  case witness
  /// A batch waits for a prover.
  case proofQueue = "proof_queue"
  /// A prover proves a batch.
  case proving
  /// The proofs of batches are aggregated.
  case aggregation
  /// A claim about the state is made.
  case claim
  /// The delay of a claim that is in a block, until it takes effect.
  case claimDelay = "claim_delay"
  /// The time from the effect of a claim until a withdrawal that it covers can be paid.
  case withdrawalDelay = "withdrawal_delay"
  /// A claim can be neither disputed nor re-organised away.
  case claimFinal = "claim_final"
  /// Withdrawals that a claim covers are paid for good.
  case withdrawn
  /// A deposit, from its sending to its credit.
  case deposit
  /// Other terms hold for a rollup.
  case termsChanged = "terms_changed"

  /// What a viewer shows.
  var title: String {
    switch self {
    case .slotMissed: "missed slot"
    case .reorg: "re-org"
    case .finalised: "final"
    case .layer2Block: "block"
    case .inclusion: "waits for inclusion"
    case .finality: "waits for finality"
    case .proofQueue: "waits for a prover"
    case .proving: "proof of batch"
    case .witness: "witness of batch"
    case .claimDelay: "delay of claim"
    case .withdrawalDelay: "withdrawals of claim"
    case .claimFinal: "final: claim"
    case .withdrawn: "withdrawn: claim"
    case .termsChanged: "terms"
    case .slot, .transaction, .batch, .hostTransaction, .replacement, .aggregation, .claim,
      .deposit:
      rawValue
    }
  }
}
