import EventKernel
import Randomness

/// Leaders who take turns: by order or drawn by stake, for a time or for a number of blocks.
///
/// A leader who is faulty, or down when a block is due, makes none in his term. After a timeout the next one begins;
/// where the timeout is longer than the term he misses all of it and no more.
struct Rotation: ~Copyable {
  private let rules: RotationRules
  private let isDrawn: Bool
  private let fault: Double
  private let members: Int
  private(set) var leader = -1
  private var endsAt = SimTime.start
  private var readyAt = SimTime.start
  private var blocksLeft = 0
  private var isSilent = false
  private var leaderStream: RandomStream
  private var faultStream: RandomStream
  private var handoverStream: RandomStream

  init(_ policy: SequencerSet.Policy, _ streams: StreamSource) {
    rules = policy.rotation
    isDrawn = policy.kind == .stakeWeighted
    fault = policy.fault
    members = policy.members
    leaderStream = streams.stream("sequencer.set.leaders")
    faultStream = streams.stream("sequencer.set.faults")
    handoverStream = streams.stream("sequencer.set.handovers")
  }

  /// Whether another term has to begin.
  func isOver(at now: SimTime) -> Bool { leader < 0 || now >= endsAt }

  /// Whether the leader can make a block now; who is down when it is due makes none in his term.
  ///
  /// - Returns: when one can; and whether the leader has just turned out to be down.
  mutating func turn(at now: SimTime, down: UInt128) -> (turn: SequencerTurn, isFound: Bool) {
    if isSilent { return (.from(endsAt), false) }
    if down >> leader & 1 == 1 {
      isSilent = true
      endsAt = min(endsAt, now + rules.timeout)
      return (.from(endsAt), true)
    }
    guard now >= readyAt else { return (.from(min(readyAt, endsAt)), false) }
    return (.now(BlockMaker(member: leader, confirmedAt: now)), false)
  }

  /// The leader has made a block.
  mutating func note(at now: SimTime) {
    guard rules.termBlocks > 0 else { return }
    blocksLeft -= 1
    if blocksLeft == 0 { endsAt = now }
  }

  /// The next term begins where the last one ends.
  ///
  /// - Returns: when, and whether its leader is silent.
  mutating func begin(_ stakes: StakeBook) -> (at: SimTime, isSilent: Bool) {
    let former = leader
    leader =
      isDrawn
      ? stakes.draw(leaderStream.uniform(), among: Array(0..<members)) : (leader + 1) % members
    let startsAt = endsAt
    isSilent = fault > 0 && faultStream.bernoulli(fault)
    readyAt = startsAt
    if former >= 0, leader != former {
      readyAt = startsAt + SimDuration(drawn: rules.handover.sample(&handoverStream))
    }
    let isByBlocks = rules.termBlocks > 0
    blocksLeft = rules.termBlocks
    if isSilent {
      endsAt = startsAt + (isByBlocks ? rules.timeout : min(rules.timeout, rules.term))
    } else {
      endsAt = isByBlocks ? .distantFuture : startsAt + rules.term
    }
    return (startsAt, isSilent)
  }
}

extension Rotation: Splittable {
  func copy(drawing draws: Draws) -> Rotation { Rotation(copying: self, draws) }

  private init(copying other: borrowing Rotation, _ draws: Draws) {
    rules = other.rules
    isDrawn = other.isDrawn
    fault = other.fault
    members = other.members
    leader = other.leader
    endsAt = other.endsAt
    readyAt = other.readyAt
    blocksLeft = other.blocksLeft
    isSilent = other.isSilent
    leaderStream = other.leaderStream.copy(drawing: draws)
    faultStream = other.faultStream.copy(drawing: draws)
    handoverStream = other.handoverStream.copy(drawing: draws)
  }
}
