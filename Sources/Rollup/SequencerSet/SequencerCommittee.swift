import EventKernel
import Ledger
import Randomness

/// A committee that decides on one block after the other.
///
/// Who was found to have signed two messages has no seat from the next block on, and the others need a quorum of those
/// who are left, as where a validator is tombstoned (Cosmos SDK, x/slashing).
struct SequencerCommittee: ~Copyable {
  private let rules: CommitteeRules
  private(set) var seats: [Int]
  /// Members who are faulty.
  let faulty: UInt128
  private var height = 0
  private var links: NodeLinks
  private var consensus: TendermintHeight
  private var proposerStream: RandomStream

  init(_ policy: SequencerSet.Policy, _ streams: StreamSource) {
    rules = policy.bft
    seats = Array(0..<policy.members)
    var stream = streams.stream("sequencer.set.faulty")
    var left = seats
    faulty = (0..<min(policy.bft.faulty, policy.members)).reduce(UInt128(0)) { mask, _ in
      let place = min(Int(stream.uniform() * Double(left.count)), left.count - 1)
      return mask | UInt128(1) << left.remove(at: place)
    }
    links = NodeLinks(
      delay: policy.bft.delay, drawn: policy.bft.drawn, validation: policy.bft.validation,
      members: policy.members, streams)
    consensus = TendermintHeight(CommitteeSize(members: policy.members), policy.bft.timeouts)
    proposerStream = streams.stream("sequencer.set.proposers")
  }

  /// How large it is now.
  var size: CommitteeSize { consensus.size }

  /// A decision, with members in place of seats.
  struct Decision {
    var proposer: Int
    var outcome: HeightOutcome
    /// When the block counts as confirmed, since the height began.
    var confirmed: SimDuration
  }

  /// Decides on the next block; nil if too few are up.
  mutating func decide(down: UInt128, _ stakes: StakeBook) -> Decision? {
    var conduct = CommitteeConduct()
    for (seat, member) in seats.enumerated() {
      let bit = UInt128(1) << seat
      if down >> member & 1 == 1 {
        conduct.silent |= bit
      } else if faulty >> member & 1 == 1 {
        switch rules.conduct {
        case .silent: conduct.silent |= bit
        case .equivocating: conduct.twoFaced |= bit
        case .late: conduct.slow |= bit
        }
      }
    }
    conduct.lag = rules.lag.nanoseconds
    guard seats.count - conduct.silent.nonzeroBitCount >= size.quorum else { return nil }
    defer { height += 1 }
    let outcome = decide(conduct, stakes)
    return outcome.map {
      Decision(
        proposer: seats[$0.proposer], outcome: $0,
        confirmed: SimDuration(nanoseconds: rules.confirmation.instant($0)))
    }
  }

  private mutating func decide(_ conduct: CommitteeConduct, _ stakes: StakeBook) -> HeightOutcome? {
    let (first, count) = (height, seats.count)
    guard rules.proposers == .drawn else {
      return consensus.decide(conduct, over: &links) { (first + $0) % count }
    }
    let seats = seats
    // Drawn ahead, one for each round that a height is likely to have.
    var drawn: [Int] = []
    for _ in 0..<Self.drawnAhead {
      let member = stakes.draw(proposerStream.uniform(), among: seats)
      drawn.append(seats.firstIndex(of: member) ?? 0)
    }
    return consensus.decide(conduct, over: &links) { drawn[$0 % drawn.count] }
  }

  /// How many proposers are drawn for a height; more rounds begin with the first again.
  private static let drawnAhead = 64

  /// Members of some seats have none from the next block on.
  mutating func remove(_ gone: UInt128) {
    seats = seats.enumerated().filter { gone >> $0.offset & 1 == 0 }.map(\.element)
    links.seats = seats
    consensus = TendermintHeight(CommitteeSize(members: seats.count), rules.timeouts)
  }
}

extension CommitteeRules.Confirmation {
  /// When that is, of a height [ns].
  func instant(_ outcome: HeightOutcome) -> Int64 {
    switch self {
    case .first: outcome.first
    case .quorum: outcome.quorum
    case .all: outcome.all
    }
  }
}

extension SequencerCommittee: Splittable {
  func copy(drawing draws: Draws) -> SequencerCommittee {
    SequencerCommittee(copying: self, draws)
  }

  private init(copying other: borrowing SequencerCommittee, _ draws: Draws) {
    rules = other.rules
    seats = other.seats
    faulty = other.faulty
    height = other.height
    links = other.links.copy(drawing: draws)
    // It remembers nothing from one height to the next.
    consensus = TendermintHeight(other.consensus.size, other.rules.timeouts)
    proposerStream = other.proposerStream.copy(drawing: draws)
  }
}
