import EventKernel
import Ledger
import Randomness
import Rollup

/// Parts of a rollup that seldom have something to do, in a place of their own.
///
/// What passes with each block does not carry them along, and the compiler, which looks at each number in a value that
/// cannot be copied wherever it is used, takes a fraction of the time.
final class RareParts {
  var dataLayer: DataLayer
  var exits: Exits
  var disputes: Disputes
  var fastExits: FastExits
  /// Who calls another rollup.
  var calls: Calls
  /// A market whose price the settlement chain sets.
  var market: DistributedMarket
  var machines: Machines
  var origins: Origins
  /// What users pay for data.
  var dataFees: DataFees
  /// Who runs the rollup.
  var business: Operator
  /// What he had earned and paid when measuring began and ended.
  var book = ProfitBook()
  /// Its token.
  var token: Token
  /// What fees had brought when the token's last step was taken.
  var feesBeforeToken = Wei.zero
  var forced: ForcedInclusion
  var upgrades: Upgrades
  var execution: Execution
  var ordering: Ordering
  var sequencerSet: SequencerSet
  /// Blocks that are proposed and not decided.
  var undecided: FIFOQueue<SealedBlock>
  /// Batches before this one have a proof that can end the window of a claim.
  var provedThrough: Int

  init(
    dataLayer: consuming DataLayer, exits: consuming Exits, disputes: consuming Disputes,
    fastExits: consuming FastExits, calls: consuming Calls,
    market: consuming DistributedMarket, machines: consuming Machines,
    dataFees: DataFees, business: Operator, book: ProfitBook = ProfitBook(),
    token: consuming Token, feesBeforeToken: Wei = .zero,
    origins: consuming Origins,
    forced: consuming ForcedInclusion, upgrades: consuming Upgrades,
    execution: consuming Execution,
    ordering: consuming Ordering, sequencerSet: consuming SequencerSet,
    undecided: FIFOQueue<SealedBlock> = FIFOQueue(), provedThrough: Int = 0
  ) {
    self.dataLayer = dataLayer
    self.exits = exits
    self.disputes = disputes
    self.fastExits = fastExits
    self.calls = calls
    self.market = market
    self.machines = machines
    self.dataFees = dataFees
    self.business = business
    self.book = book
    self.token = token
    self.feesBeforeToken = feesBeforeToken
    self.origins = origins
    self.forced = forced
    self.upgrades = upgrades
    self.execution = execution
    self.ordering = ordering
    self.sequencerSet = sequencerSet
    self.undecided = undecided
    self.provedThrough = provedThrough
  }

  /// Copies in the same state.
  func copy(drawing draws: Draws) -> RareParts {
    RareParts(
      dataLayer: dataLayer.copy(drawing: draws), exits: exits.copy(drawing: draws),
      disputes: disputes.copy(drawing: draws), fastExits: fastExits.copy(drawing: draws),
      calls: calls.copy(drawing: draws), market: market.copy(drawing: draws),
      machines: machines.copy(drawing: draws), dataFees: dataFees, business: business, book: book,
      token: token.copy(drawing: draws), feesBeforeToken: feesBeforeToken,
      origins: origins,
      forced: forced.copy(drawing: draws),
      upgrades: upgrades.copy(drawing: draws),
      execution: execution.copy(drawing: draws),
      ordering: ordering.copy(drawing: draws),
      sequencerSet: sequencerSet.copy(drawing: draws), undecided: undecided,
      provedThrough: provedThrough)
  }
}

extension Journey {
  /// Whether it takes nothing more from its operator.
  var isFrozen: Bool {
    @inline(__always) mutating get { present.hasExits && rare.exits.isFrozen }
  }

  /// Who keeps its data.
  package internal(set) var dataLayer: DataLayer {
    @inline(__always) _read { yield rare.dataLayer }
    @inline(__always) _modify { yield &rare.dataLayer }
  }

  /// Who leaves without the operator.
  package internal(set) var exits: Exits {
    @inline(__always) _read { yield rare.exits }
    @inline(__always) _modify { yield &rare.exits }
  }

  /// Who contests claims, and what becomes of it.
  package internal(set) var disputes: Disputes {
    @inline(__always) _read { yield rare.disputes }
    @inline(__always) _modify { yield &rare.disputes }
  }

  /// Who makes its blocks.
  package internal(set) var sequencerSet: SequencerSet {
    @inline(__always) _read { yield rare.sequencerSet }
    @inline(__always) _modify { yield &rare.sequencerSet }
  }

  /// Who withdraws coins, and who pays them out before the bridge does.
  package internal(set) var fastExits: FastExits {
    @inline(__always) _read { yield rare.fastExits }
    @inline(__always) _modify { yield &rare.fastExits }
  }

  /// Who calls another rollup.
  package internal(set) var calls: Calls {
    @inline(__always) _read { yield rare.calls }
    @inline(__always) _modify { yield &rare.calls }
  }

  /// The machines that sequence and post.
  package internal(set) var machines: Machines {
    @inline(__always) _read { yield rare.machines }
    @inline(__always) _modify { yield &rare.machines }
  }

  /// What users do whom the operator leaves out.
  package internal(set) var forced: ForcedInclusion {
    @inline(__always) _read { yield rare.forced }
    @inline(__always) _modify { yield &rare.forced }
  }

  /// Who can replace its contracts.
  package internal(set) var upgrades: Upgrades {
    @inline(__always) _read { yield rare.upgrades }
    @inline(__always) _modify { yield &rare.upgrades }
  }

  /// The machine that executes what is put into blocks.
  package internal(set) var execution: Execution {
    @inline(__always) _read { yield rare.execution }
    @inline(__always) _modify { yield &rare.execution }
  }

  /// In which order transactions come into blocks, and who pays for being early.
  package internal(set) var ordering: Ordering {
    @inline(__always) _read { yield rare.ordering }
    @inline(__always) _modify { yield &rare.ordering }
  }
}
