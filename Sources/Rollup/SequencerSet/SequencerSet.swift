import EventKernel
import Ledger
import Randomness

/// What who makes blocks schedules.
public enum SequencerSetEvent: BitwiseCopyable, Sendable {
  /// A block that was proposed is decided.
  case confirmed
  /// A batch is to be posted that nobody could post before.
  case races(UInt32)
  /// A batch is posted by who was first.
  case posts(UInt32)
}

/// An event type that can carry the events of who makes blocks.
public protocol CarriesSequencerSetEvents: SimulationEvent {
  /// Wraps an event of a rollup's sequencers.
  static func sequencerSet(_ event: SequencerSetEvent, of rollup: RollupID) -> Self
}

/// Who makes the blocks of a rollup: says of each instant whether a block can be made then, by whom, and when users have
/// it for sure.
///
/// It is asked when a block is due. One operator always can, and nothing is drawn; of others the answer follows from
/// terms, slots, votes or blocks of the host, and from who is down.
public struct SequencerSet: ~Copyable {
  /// What the scenario says about it.
  public let policy: Policy
  /// What the run remembers of it.
  public internal(set) var record: SequencerSetRecord
  var stakes: StakeBook
  var rotation: Rotation
  var auction: SlotAuction
  var committee: SequencerCommittee
  var race: PostingRace
  /// Members who are down.
  var down: UInt128 = 0
  /// What the committee has decided, from its proposal to its confirmation.
  private var decided: Decided?
  /// Until when the committee is busy with the block before.
  private var busyUntil = SimTime.start
  /// Since when a block has been due that nobody makes; nil while none is.
  private var waitsSince: SimTime?
  /// Whether a block is due that nobody can make until something else happens.
  public private(set) var isBlocked = false
  /// The number of the host's last block.
  private var hostHeight: Int?
  /// Batches that are closed and not posted, and when the last of them is.
  public private(set) var racing = 0
  private var postsUntil = SimTime.start
  /// When the host's last block was made, if its proposer makes a block of the rollup.
  private var hostBlockAt: SimTime?
  private var hostStream: RandomStream
  /// What was paid since it was last taken.
  private var payments: [SequencerPayment] = []

  /// A block that the committee will have decided.
  private struct Decided {
    var cutAt: SimTime
    var maker: BlockMaker
  }

  /// Nobody has made a block.
  ///
  /// - Parameters:
  ///   - window: in which it is measured.
  ///   - usdPerEther: for what capital costs a day.
  public init(
    _ policy: Policy, window: Range<SimTime>, usdPerEther: Double, _ streams: StreamSource
  ) {
    self.policy = policy
    var stakeStream = streams.stream("sequencer.set.stakes")
    stakes =
      policy.hasStakes
      ? StakeBook(members: policy.members, policy.stake, &stakeStream) : StakeBook()
    rotation = Rotation(policy, streams)
    auction = SlotAuction(policy, streams)
    committee = SequencerCommittee(policy, streams)
    race = PostingRace(policy.race, streams)
    hostStream = streams.stream("sequencer.set.host_proposers")
    record = SequencerSetRecord(
      window: window, members: policy.members, stake: stakes.total,
      costOfCapital: policy.costOfCapital, usdPerEther: usdPerEther)
  }

  /// Members who are down from now on, by a bit each.
  public mutating func setDown(_ members: UInt128) { down = members }

  // MARK: Turns

  /// Whether a block that is due can be made now.
  public mutating func turn(at now: SimTime) -> SequencerTurn {
    let turn = ask(at: now)
    isBlocked = turn == .nobody
    switch turn {
    case .now:
      if let since = waitsSince {
        record.gap(from: since, to: now)
        waitsSince = nil
      }
    case .from, .nobody:
      if waitsSince == nil, !isDeciding(at: now) { waitsSince = now }
    }
    return turn
  }

  private func isDeciding(at now: SimTime) -> Bool { decided != nil || now < busyUntil }

  private mutating func ask(at now: SimTime) -> SequencerTurn {
    switch policy.kind {
    case .soleOperator, .race: .now(BlockMaker(member: 0, confirmedAt: now))
    case .roundRobin, .stakeWeighted: askLeader(at: now)
    case .auction:
      auction.maker(down: down).map { .now(BlockMaker(member: $0, confirmedAt: now)) } ?? .nobody
    case .bft: askCommittee(at: now)
    case .settlementProposers:
      hostBlockAt == now ? .now(BlockMaker(member: 0, confirmedAt: now)) : .nobody
    }
  }

  private mutating func askLeader(at now: SimTime) -> SequencerTurn {
    guard down.nonzeroBitCount < policy.members else { return .nobody }
    while rotation.isOver(at: now) {
      let term = rotation.begin(stakes)
      record.term(isMissed: term.isSilent, at: term.at)
      if term.isSilent { punishLeader(at: term.at) }
    }
    let (turn, isFound) = rotation.turn(at: now, down: down)
    if isFound {
      record.missTerm(at: now)
      punishLeader(at: now)
    }
    return turn
  }

  private mutating func punishLeader(at now: SimTime) {
    guard policy.penalty > 0 else { return }
    payForFault(stakes.take(policy.penalty, from: rotation.leader), at: now)
  }

  private mutating func askCommittee(at now: SimTime) -> SequencerTurn {
    if let decided {
      return now < decided.cutAt ? .from(decided.cutAt) : .now(decided.maker)
    }
    guard now >= busyUntil else { return .from(busyUntil) }
    guard let decision = committee.decide(down: down, stakes) else { return .nobody }
    let outcome = decision.outcome
    record.decide(outcome, confirmed: decision.confirmed, at: now)
    if outcome.equivocators != 0 { punish(outcome.equivocators, at: now) }
    let cutAt = now + SimDuration(nanoseconds: outcome.cutAt)
    let maker = BlockMaker(member: decision.proposer, confirmedAt: now + decision.confirmed)
    decided = Decided(cutAt: cutAt, maker: maker)
    busyUntil = maker.confirmedAt
    return cutAt > now ? .from(cutAt) : .now(maker)
  }

  /// Takes a part of the stake of those who have signed two messages, and their seats.
  private mutating func punish(_ seats: UInt128, at now: SimTime) {
    for (seat, member) in committee.seats.enumerated() where seats >> seat & 1 == 1 {
      payForFault(stakes.take(policy.slash, from: member), at: now)
    }
    committee.remove(seats)
  }

  // MARK: Blocks

  /// A block is made.
  ///
  /// - Parameter transactions: how many it has.
  public mutating func note(_ maker: BlockMaker, transactions: Int, at now: SimTime) {
    decided = nil
    if policy.rotates { rotation.note(at: now) }
    if policy.kind == .auction, auction.note() { split(auction.current, at: now) }
    record.block(by: maker.member, isOfMember: policy.kind.hasMakers, transactions, at: now)
    if policy.reward > 0, maker.member < policy.members {
      pay(.rollupOperator, .sequencers, Wei(coins: policy.reward), for: .sequencing)
      record.reward(Wei(coins: policy.reward), at: now)
    }
  }

  /// The host has made a block, or let a slot pass, or dropped blocks and has made others.
  ///
  /// - Returns: whether a block that nobody could make can be made now.
  public mutating func advance(toHostBlock height: Int, at now: SimTime) -> Bool {
    guard height != hostHeight else { return false }
    hostHeight = height
    let isRight = takeRight(ofHostBlock: height, at: now)
    guard isBlocked, isRight else { return false }
    isBlocked = false
    return true
  }

  /// Whether with a block of the host somebody has the right to make one.
  private mutating func takeRight(ofHostBlock height: Int, at now: SimTime) -> Bool {
    switch policy.kind {
    case .auction:
      let news = auction.advance(toHostBlock: height, at: now)
      if let (slot, hasBlock) = news.ended { end(slot, hasBlock: hasBlock, at: now) }
      if news.begins { record.term(isMissed: news.isAbsent, at: now) }
      return auction.maker(down: down) != nil
    case .settlementProposers:
      let isMissed = policy.fault > 0 && hostStream.bernoulli(policy.fault)
      record.term(isMissed: isMissed, at: now)
      hostBlockAt = isMissed ? nil : now
      return !isMissed
    default: return false
    }
  }

  /// A batch is closed that all members post.
  public mutating func beginRace() { racing += 1 }

  /// Members post a batch, one that was closed before it first.
  ///
  /// - Returns: when, and how many others post it for nothing; nil where nobody is up.
  public mutating func raceToPost(at now: SimTime) -> (at: SimTime, wasted: Int)? {
    guard let result = race.run(members: policy.members, down: down) else { return nil }
    record.post(by: result.winner, wasted: result.wasted.count, at: now)
    postsUntil = max(postsUntil, now + result.delay)
    return (postsUntil, result.wasted.count)
  }

  /// A batch is posted.
  public mutating func endRace() { racing -= 1 }

  /// What others paid who had posted the same batch.
  public mutating func waste(_ amount: Wei) { record.waste(amount) }

  // MARK: Money

  /// A slot is over: what was paid for it without any block in it is nobody's.
  private mutating func end(_ slot: SoldSlot, hasBlock: Bool, at now: SimTime) {
    guard slot.winner != nil else { return }
    record.endSlot(price: slot.price, locked: now - slot.since, at: now)
    guard !hasBlock else { return }
    pay(.sequencers, .burnedBids, slot.price, for: .sequencing)
    record.sell(for: slot.price, at: now)
  }

  /// Splits what was paid for a slot.
  private mutating func split(_ slot: SoldSlot, at now: SimTime) {
    guard slot.winner != nil else { return }
    let burned = slot.price.scaled(by: policy.auction.burned)
    let donated = min(slot.price.scaled(by: policy.auction.donated), slot.price - burned)
    pay(.sequencers, .burnedBids, burned, for: .sequencing)
    pay(.sequencers, .donations, donated, for: .sequencing)
    pay(.sequencers, .rollupOperator, slot.price - burned - donated, for: .sequencing)
    record.sell(for: slot.price, at: now)
  }

  private mutating func payForFault(_ amount: Wei, at now: SimTime) {
    pay(.sequencers, .burnedStakes, amount, for: .stake)
    record.slash(amount, at: now)
  }

  private mutating func pay(_ payer: Account, _ payee: Account, _ amount: Wei, for purpose: Purpose)
  {
    guard amount > .zero else { return }
    payments.append(
      SequencerPayment(payer: payer, payee: payee, amount: amount, purpose: purpose))
  }

  /// Whether anything was paid that has not been taken.
  public var hasPayments: Bool { !payments.isEmpty }

  /// What was paid since it was last taken.
  public mutating func takePayments() -> [SequencerPayment] {
    defer { payments.removeAll(keepingCapacity: true) }
    return payments
  }

  /// Whether nothing was lost but what was taken.
  public var isConserved: Bool {
    stakes.stakes.reduce(stakes.lost, +) == stakes.total && record.slashedInAll == stakes.lost
  }
}

extension SequencerSet.Kind {
  /// Whether it is about blocks of the settlement chain, or transactions on it.
  public var needsSettlementChain: Bool {
    switch self {
    case .auction, .race, .settlementProposers: true
    case .soleOperator, .roundRobin, .stakeWeighted, .bft: false
    }
  }

  /// Whether each block is that of one member.
  var hasMakers: Bool {
    switch self {
    case .soleOperator, .race, .settlementProposers: false
    case .roundRobin, .stakeWeighted, .auction, .bft: true
    }
  }
}

extension SequencerSet: Splittable {
  /// A copy in the same state.
  public func copy(drawing draws: Draws) -> SequencerSet { SequencerSet(copying: self, draws) }

  private init(copying other: borrowing SequencerSet, _ draws: Draws) {
    policy = other.policy
    record = other.record
    stakes = other.stakes
    rotation = other.rotation.copy(drawing: draws)
    auction = other.auction.copy(drawing: draws)
    committee = other.committee.copy(drawing: draws)
    race = other.race.copy(drawing: draws)
    down = other.down
    decided = other.decided
    busyUntil = other.busyUntil
    waitsSince = other.waitsSince
    isBlocked = other.isBlocked
    hostHeight = other.hostHeight
    racing = other.racing
    postsUntil = other.postsUntil
    hostBlockAt = other.hostBlockAt
    hostStream = other.hostStream.copy(drawing: draws)
    payments = other.payments
  }
}
