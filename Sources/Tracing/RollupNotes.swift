import EventKernel
import Settlement

/// What a tracer remembers of a rollup between two looks at it.
struct RollupNotes {
  /// A batch that is closed.
  struct ClosedBatch {
    /// Its measured transactions.
    let measured: Int
    /// The transactions of guests in it, by their numbers.
    let guests: Range<Int>
    /// What passes with it: itself, and batches of guests whose transactions it has.
    let cargo: [Cargo]
  }

  /// A claim about the state.
  struct Claim {
    let batches: Range<Int>
    let measured: Int
    var isIncluded = false
    var maturedAt: SimTime?
    var withdrawableAt: SimTime?
    /// The entries of its delays, while they run.
    var delay: Int?
    var withdrawalDelay: Int?
    var isFinal = false
    var isWithdrawn = false
  }

  /// A transaction of a guest.
  struct GuestTransaction {
    let cargo: [Cargo]
    /// Once it is in a block.
    var receipt: SettlementReceipt?
  }

  // MARK: Blocks and batches

  /// Transactions in blocks so far.
  var sealed = 0
  /// When the oldest transaction was submitted that is in no block.
  var nextSubmission = SimTime.start
  var lastSealAt = SimTime.start
  /// Gas and bytes in blocks so far, and of those in batches that are closed.
  var sealedTotals = Totals()
  var closedTotals = Totals()
  /// The batch that collects blocks, and how many it has.
  var openBatch: (number: Int, entry: Int, blocks: Int)?
  var batches: [ClosedBatch] = []
  /// Batches before this one are known to be settled.
  var firstNotSettled = 0

  // MARK: Proofs

  var firstNotProving = 0
  /// The batches in the pipeline of proofs, by number: in which stage, and its entry.
  var pipeline: [Int: (stage: TraceKind, entry: Int)] = [:]
  var aggregation: (batches: Range<Int>, entry: Int)?

  // MARK: Claims and money

  var claims: [Claim] = []
  /// Claims before this one are done.
  var firstOpenClaim = 0
  /// The entries of deposits that are on their way, by number.
  var deposits: [Int: Int] = [:]
  /// Deposits before the first are done, and those before the second sent.
  var firstOpenDeposit = 0
  var sentDeposits = 0

  // MARK: Guests

  var guests: [GuestTransaction] = []
  /// Transactions of guests before this one are in blocks.
  var firstNotSealed = 0

  /// What is counted of blocks.
  struct Totals {
    var gas: UInt64 = 0
    var bytes: UInt64 = 0
  }
}
