/// The groups of measures, by the first word of their names, in the order of columns.
public enum MeasureGroup: String, CaseIterable, Sendable {
  /// Time from submission to a stage.
  case finality
  /// Rates.
  case throughput
  /// Machines that fail, and what becomes of confirmations.
  case availability
  /// Users whom the operator leaves out.
  case censorship
  /// What the operator pays.
  case cost
  /// What users pay, and the fees of the settlement chain.
  case fee
  /// What the operator earns and pays.
  case profit
  /// Blocks that fall with those of the settlement chain.
  case origin
  /// Blocks on which machines with a bug agree.
  case invalid
  /// The token of the rollup.
  case token
  /// Sizes of data.
  case bytes
  /// Who makes blocks.
  case sequencer
  /// Batches.
  case batch
  /// State differences.
  case state
  /// Batches that are held back, and what delay costs.
  case posting
  /// The proof pipeline.
  case prover
  /// Who verifies proofs for a fee.
  case aggregator
  /// What users do before they submit.
  case client
  /// Transactions that are sent to do harm.
  case attack
  /// Blobs that rollups share.
  case shared
  /// How settlement transactions come into blocks.
  case inclusion
  /// What rollups take of the market for blobs.
  case market
  /// How deposits come to the rollup.
  case deposit
  /// Who keeps the data, and what can be rebuilt from it.
  case data
  /// Users who leave without the operator.
  case exit
  /// Who can replace contracts, and what they do with that.
  case upgrade
  /// Withdrawals of coins, and who pays them out before they are due.
  case fastExit = "fast_exit"
  /// Calls from one rollup to another.
  case call
  /// A market whose price the settlement chain sets.
  case damm
  /// Claims that are wrong or contested, and the disputes about them.
  case dispute
  /// How the transactions of blocks are executed.
  case execution
  /// What searchers take, and what that costs them.
  case mev
  /// The order of transactions, and what it costs others.
  case ordering
  /// What others want of the settlement chain.
  case demand
}

extension Set<MeasureGroup> {
  /// Every measure.
  public static let everything = Set(MeasureGroup.allCases)
  /// Money alone.
  public static let money: Self = [.cost, .fee]
}
