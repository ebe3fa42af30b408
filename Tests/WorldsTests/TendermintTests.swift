import EventKernel
import Randomness
import Testing

@testable import Rollup

/// One height of Tendermint against times that are worked out without it, and its promise under schedules at random.
@Suite struct TendermintTests {
  /// So long that none passes.
  private static var patient: ConsensusTimeouts {
    var timeouts = ConsensusTimeouts()
    timeouts.propose = .hours(1)
    timeouts.prevote = .hours(1)
    timeouts.precommit = .hours(1)
    return timeouts
  }

  private static func second(_ count: Double) -> Int64 { Int64((count * 1e9).rounded()) }

  /// Propose, prevote and precommit take one message each.
  @Test(arguments: [4, 5, 7, 16, 100]) func threeDelays(_ members: Int) throws {
    var height = TendermintHeight(CommitteeSize(members: members), ConsensusTimeouts())
    var network = EvenNetwork(delay: Self.second(0.1))
    let outcome = try #require(
      height.decide(CommitteeConduct(), over: &network) { ($0 + 2) % members })
    #expect(outcome.first == Self.second(0.3) && outcome.quorum == outcome.first)
    #expect(outcome.all == outcome.first && outcome.round == 0 && outcome.cutAt == 0)
    #expect(outcome.proposer == 2 % members && outcome.undecided == 0)
  }

  /// Two thirds and one more: of three all, of four three.
  @Test func quorums() {
    let sizes = [1, 2, 3, 4, 6, 7, 10, 100].map(CommitteeSize.init)
    #expect(sizes.map(\.quorum) == [1, 2, 3, 3, 5, 5, 7, 67])
    #expect(sizes.map(\.faults) == [0, 0, 0, 1, 1, 2, 3, 33])
  }

  /// A silent proposer costs both timeouts, and two messages.
  ///
  /// That is 3 + 0.2 + 1 s, and three messages of the next round; two of them cost the longer timeouts of round 1 as well,
  /// 3.5 + 0.2 + 1.5 s. The block has what is there when it is proposed.
  @Test func silentProposers() throws {
    var height = TendermintHeight(CommitteeSize(members: 7), ConsensusTimeouts())
    var network = EvenNetwork(delay: Self.second(0.1))
    var conduct = CommitteeConduct()
    conduct.silent = 0b1
    let one = try #require(height.decide(conduct, over: &network) { $0 })
    #expect(one.round == 1 && one.cutAt == Self.second(4.2) && one.all == Self.second(4.5))
    conduct.silent = 0b11
    let two = try #require(height.decide(conduct, over: &network) { $0 })
    #expect(two.round == 2 && two.cutAt == Self.second(9.4) && two.all == Self.second(9.7))
    // Nobody decides without a quorum.
    conduct.silent = 0b111
    #expect(height.decide(conduct, over: &network) { $0 } == nil)
  }

  /// Whatever messages take, the first decision comes when the maxima say.
  ///
  /// A node has prevoted when it has the
  /// proposal, precommits when it has a quorum of prevotes, its own at once, and decides with a quorum of precommits. To
  /// the nanosecond, since nobody waits for anything else and nobody has stopped before.
  @Test(arguments: 0..<200 as Range<UInt64>) func orderStatistics(_ number: UInt64) throws {
    var draw = RandomStream(seed: 18, replication: number, name: "order statistics")
    let members = 1 + Int(12 * draw.uniform())
    let size = CommitteeSize(members: members)
    var network = DrawnNetwork(members: members, &draw)
    let leader = Int(draw.uniform() * Double(members))
    var height = TendermintHeight(size, Self.patient)
    let outcome = try #require(
      height.decide(CommitteeConduct(), over: &network) { _ in leader })
    func last(_ kind: ConsensusMessage.Kind, to node: Int, _ sent: [Int64]) -> Int64 {
      let arrivals = sent.indices.map {
        sent[$0] + ($0 == node ? 0 : network.delay(kind, from: $0, to: node))
      }
      return arrivals.sorted()[size.quorum - 1]
    }
    let proposed = (0..<members).map {
      $0 == leader ? 0 : network.delay(.proposal, from: leader, to: $0)
    }
    let precommitted = (0..<members).map { max(proposed[$0], last(.prevote, to: $0, proposed)) }
    let decided = (0..<members).map { max(proposed[$0], last(.precommit, to: $0, precommitted)) }
    #expect(outcome.first == decided.min())
    #expect(outcome.undecided == 0 && outcome.round == 0 && !outcome.isConflicting)
  }

  /// No message takes time, checking a block one that is exponential with mean m.
  ///
  /// The block is decided when as many have
  /// checked it as have to vote, of whom the proposer is one. With seven members that is the fourth of six,
  /// m (1/6 + 1/5 + 1/4 + 1/3) = 0.95 m.
  ///
  /// Seed 1, 20,000 heights; the deviation of one is 0.49 m. False alarm 1e-6 at |z| < 4.9; detects 1.8 %.
  @Test func exponentialChecks() throws {
    var network = NodeLinks(
      delay: .constant(0), drawn: .perMessage, validation: .exponential(mean: 2), members: 7,
      StreamSource(seed: 1, replication: 0))
    var height = TendermintHeight(CommitteeSize(members: 7), Self.patient)
    var sum = 0.0
    let count = 20_000
    for _ in 0..<count {
      let outcome = try #require(height.decide(CommitteeConduct(), over: &network) { $0 })
      #expect(outcome.first == outcome.quorum)
      sum += Double(outcome.quorum) / 1e9
    }
    let deviation = 2 * (1.0 / 36 + 1.0 / 25 + 1.0 / 16 + 1.0 / 9).squareRoot()
    #expect(abs(sum / Double(count) - 1.9) < 4.9 * deviation / Double(count).squareRoot())
  }

  // MARK: Agreement

  /// A network that is split until some instant, whose messages take any time before and some time after, and nodes of
  /// which up to f are silent, late or say two things, and sign whatever comes: all others decide, and the same.
  ///
  /// A defect in one of twenty such heights shows with probability 1 − 1e-13.
  @Test(arguments: 0..<600 as Range<UInt64>) func agreement(_ number: UInt64) throws {
    var draw = RandomStream(seed: 19, replication: number, name: "agreement")
    let members = 4 + Int(7 * draw.uniform())
    let size = CommitteeSize(members: members)
    var network = SplitNetwork(members: members, &draw)
    var conduct = CommitteeConduct()
    conduct.lag = Self.second(5 * draw.uniform())
    var left = Array(0..<members)
    for _ in 0..<size.faults {
      let bit = UInt128(1) << left.remove(at: Int(draw.uniform() * Double(left.count)))
      switch Int(4 * draw.uniform()) {
      case 0: conduct.silent |= bit
      case 1: conduct.slow |= bit
      default: conduct.twoFaced |= bit
      }
    }
    let forged = Self.forgeries(by: conduct.twoFaced, members, &draw)
    var timeouts = ConsensusTimeouts()
    timeouts.propose = SimDuration(drawn: 0.05 + draw.uniform())
    timeouts.prevote = SimDuration(drawn: 0.05 + draw.uniform())
    timeouts.precommit = SimDuration(drawn: 0.05 + draw.uniform())
    var height = TendermintHeight(size, timeouts)
    let shift = Int(draw.uniform() * Double(members))
    let outcome = try #require(
      height.decide(conduct, over: &network, forged: forged) { ($0 + shift) % members })
    #expect(!outcome.isConflicting)
    #expect(outcome.undecided == 0)
  }

  /// What faulty nodes sign at random, to whom and when.
  private static func forgeries(
    by faulty: UInt128, _ members: Int, _ draw: inout RandomStream
  ) -> [(message: ConsensusMessage, to: Int, at: Int64)] {
    let signers = (0..<members).filter { faulty >> $0 & 1 == 1 }
    guard !signers.isEmpty else { return [] }
    return (0..<Int(300 * draw.uniform())).map { _ in
      let kinds: [ConsensusMessage.Kind] = [.proposal, .prevote, .precommit]
      let kind = kinds[Int(3 * draw.uniform())]
      let round = Int(6 * draw.uniform())
      let about = Int(Double(round + 1) * draw.uniform())
      let isNone = kind != .proposal && draw.bernoulli(0.2)
      let value = ConsensusMessage.value(ofRound: about, isOther: draw.bernoulli(0.3))
      let validRound = kind == .proposal && draw.bernoulli(0.5) ? about - 1 : -1
      let signer = signers[Int(draw.uniform() * Double(signers.count))]
      return (
        ConsensusMessage(
          kind, round: round, sender: signer, value: isNone ? ConsensusMessage.noValue : value,
          validRound: max(-1, validRound)), Int(draw.uniform() * Double(members)),
        second(20 * draw.uniform())
      )
    }
  }

  /// With f + 1 who say two things the halves of the others decide different blocks.
  ///
  /// What one half says reaches the other late, and each half and they are 2f + 1. With f of them nobody does, in the same schedule.
  @Test(arguments: [4, 7, 10, 13]) func oneTooMany(_ members: Int) throws {
    let size = CommitteeSize(members: members)
    var conduct = CommitteeConduct()
    conduct.twoFaced = (1 << (size.faults + 1)) - 1
    // Correct members belong to the halves by turns.
    var network = EvenNetwork(delay: Self.second(0.1))
    network.between = Self.second(1)
    network.firstOfHalves = size.faults + 1
    var height = TendermintHeight(size, ConsensusTimeouts())
    let attack = try #require(height.decide(conduct, over: &network) { $0 % members })
    #expect(attack.isConflicting && attack.round == 0)
    #expect(attack.equivocators == conduct.twoFaced)
    conduct.twoFaced = (1 << size.faults) - 1
    network.firstOfHalves = size.faults
    let borne = try #require(height.decide(conduct, over: &network) { $0 % members })
    #expect(!borne.isConflicting && borne.undecided == 0)
  }
}

extension TendermintTests {
  /// Node 0 decides in round 0 with the precommits of 1 and of 3, who lies; 2 is kept from seeing why, and 3 proposes another
  /// block in round 1.
  ///
  /// That one gets its prevotes from 2 and 3 alone, because 1 has locked the first: if it did not, both would decide the
  /// other block at 1.7 s.
  @Test func whoHasLockedAnotherVotesForNone() throws {
    var timeouts = ConsensusTimeouts()
    timeouts.prevote = .seconds(1)
    timeouts.precommit = .seconds(1)
    var conduct = CommitteeConduct()
    conduct.silent = 0b1000
    let (block, other) = (
      ConsensusMessage.value(ofRound: 0), ConsensusMessage.value(ofRound: 1)
    )
    func signed(
      _ kind: ConsensusMessage.Kind, _ round: Int, _ value: Int32, to node: Int, at seconds: Double
    ) -> (message: ConsensusMessage, to: Int, at: Int64) {
      (
        ConsensusMessage(kind, round: round, sender: 3, value: value), node,
        Int64((seconds * 1e9).rounded())
      )
    }
    let none = ConsensusMessage.noValue
    let forged =
      [
        signed(.prevote, 0, block, to: 0, at: 0.1), signed(.prevote, 0, block, to: 1, at: 0.1),
        signed(.prevote, 0, none, to: 2, at: 0.1), signed(.precommit, 0, block, to: 0, at: 0.2),
      ]
      + [1, 2].flatMap { node in
        [
          signed(.precommit, 0, none, to: node, at: 1.3),
          signed(.proposal, 1, other, to: node, at: 2.5),
          signed(.prevote, 1, other, to: node, at: 2.6),
          signed(.precommit, 1, other, to: node, at: 2.8),
        ]
      }
    var network = SlowFromFirst()
    var height = TendermintHeight(CommitteeSize(members: 4), timeouts)
    let outcome = try #require(
      height.decide(conduct, over: &network, forged: forged) { $0 == 1 ? 3 : 0 })
    #expect(outcome.value == block && outcome.first == 200_000_000)
    #expect(!outcome.isConflicting && outcome.undecided == 2)
  }

  /// One who says that later rounds have begun moves nobody; of four two would.
  @Test func oneCannotHurryOthers() throws {
    var conduct = CommitteeConduct()
    conduct.silent = 0b1000
    let forged = (0..<3).map {
      (
        message: ConsensusMessage(.prevote, round: 5, sender: 3, value: ConsensusMessage.noValue),
        to: $0, at: Int64(50_000_000)
      )
    }
    var network = EvenNetwork(delay: 100_000_000)
    var height = TendermintHeight(CommitteeSize(members: 4), ConsensusTimeouts())
    let outcome = try #require(
      height.decide(conduct, over: &network, forged: forged) { _ in 0 })
    #expect(outcome.round == 0 && outcome.all == 300_000_000)
  }
}

/// Messages take a tenth of a second, but for what node 0 votes: only node 1 has its prevote before all is over.
private struct SlowFromFirst: ConsensusNetwork {
  func delay(
    of message: ConsensusMessage, from sender: Int, to node: Int, at now: Int64
  ) -> Int64 {
    let isSlow =
      sender == 0 && message.kind != .proposal && !(message.kind == .prevote && node == 1)
    return isSlow ? 1_000_000_000_000 : 100_000_000
  }

  func validation(by node: Int) -> Int64 { 0 }
}

/// Every message takes as long, but for those between two halves, and checking a block no time.
private struct EvenNetwork: ConsensusNetwork {
  let delay: Int64
  var between: Int64?
  /// From this node on they belong to one half and the other by turns.
  var firstOfHalves = 0

  init(delay: Int64) { self.delay = delay }

  func delay(
    of message: ConsensusMessage, from sender: Int, to node: Int, at now: Int64
  ) -> Int64 {
    guard let between, min(sender, node) >= firstOfHalves, (sender ^ node) & 1 == 1 else {
      return delay
    }
    return between
  }

  func validation(by node: Int) -> Int64 { 0 }
}

/// A delay of its own for each kind of message and each pair of nodes.
private struct DrawnNetwork: ConsensusNetwork {
  private let members: Int
  private let delays: [Int64]

  init(members: Int, _ draw: inout RandomStream) {
    self.members = members
    delays = (0..<3 * members * members).map { _ in
      Int64(1e9 * draw.exponential(mean: 1)) + 1
    }
  }

  func delay(_ kind: ConsensusMessage.Kind, from sender: Int, to node: Int) -> Int64 {
    delays[(Int(kind.rawValue) * members + sender) * members + node]
  }

  func delay(
    of message: ConsensusMessage, from sender: Int, to node: Int, at now: Int64
  ) -> Int64 { delay(message.kind, from: sender, to: node) }

  func validation(by node: Int) -> Int64 { 0 }
}

/// Until it heals, messages between its two sides wait, and others take anything up to then; later they take up to a
/// tenth of a second.
private struct SplitNetwork: ConsensusNetwork, ~Copyable {
  private let heals: Int64
  private let side: UInt128
  private let chaos: Double
  private var draw: RandomStream

  init(members: Int, _ draw: inout RandomStream) {
    heals = Int64(20e9 * draw.uniform())
    side = UInt128(draw.uniform() * Double(UInt64(1) << members))
    chaos = draw.uniform()
    self.draw = RandomStream(
      seed: draw.nextWord(), replication: 0, name: "network")
  }

  mutating func delay(
    of message: ConsensusMessage, from sender: Int, to node: Int, at now: Int64
  ) -> Int64 {
    let short = Int64(1e8 * draw.uniform())
    guard now < heals else { return short }
    if (side >> sender ^ side >> node) & 1 == 1 { return heals - now + short }
    guard draw.bernoulli(chaos) else { return short }
    return min(Int64(5e9 * draw.uniform()), heals - now + short)
  }

  func validation(by node: Int) -> Int64 { 0 }
}
