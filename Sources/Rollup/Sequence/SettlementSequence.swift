/// What a rollup does on its host, in which transactions, what waits for what, and from which step a
/// delay counts.
public enum SettlementSequence: String, CaseIterable, Sendable {
  /// Data is posted, then its state is asserted, and the assertion stands unless it is challenged
  /// within a window that counts from it.
  case postAndAssert = "post_and_assert"
  /// Data is posted, then its state is asserted in a dispute game, and a transaction of its own confirms or
  /// resolves the assertion once a clock has run that counts from it. Undisputed, nothing else happens.
  case assertWithGame = "assert_with_game"
  /// Data is posted, then a proof of its state is verified; a delay counts from the proof.
  case sequenceVerify = "sequence_verify"
  /// Data is committed, its proof is verified, and its effects are executed by a third transaction,
  /// once a delay has passed that counts from the commitment.
  case commitProveExecute = "commit_prove_execute"
  /// Data is posted in the transaction that verifies its proof, and not before; a delay counts from
  /// there.
  case dataWithProof = "data_with_proof"
}

extension SettlementSequence {
  /// Whether claims stand because they are proved, and not because nobody disputes them.
  public var isProved: Bool { self != .postAndAssert && self != .assertWithGame }

  /// Whether data stays with the rollup until its proof is made.
  public var holdsData: Bool { self == .dataWithProof }

  /// Whether a transaction of its own brings the effects of a claim.
  public var executes: Bool { self == .commitProveExecute || self == .assertWithGame }
}
