import EventKernel

/// One height of Tendermint, message by message: from the instant at which all begin it to their decisions.
///
/// Nodes follow algorithm 1 of the paper to the line. What a correct node sends goes to all; what a faulty one sends to
/// some is handed on by the first correct one that has it, which is the gossip that the paper asks for. Blocks are
/// numbers, and all are valid.
/// Source: Buchman, Kwon, Milosevic, "The latest gossip on BFT consensus", arXiv 1807.04938.
public struct TendermintHeight: ~Copyable {
  /// From this round on nobody tries any more: a height that comes here is not decided.
  public static let roundLimit = 400

  /// How large the committee is.
  public let size: CommitteeSize
  private let timeouts: ConsensusTimeouts
  var nodes: [ConsensusNode]
  private var queue = ConsensusQueue()
  private(set) var now: Int64 = 0
  private(set) var conduct = CommitteeConduct()
  /// Who proposes in each round, by places.
  private(set) var proposers: [UInt8] = []
  /// When each block was proposed first; -1 before.
  private var cuts: [Int64] = []
  /// Rounds that some correct node has begun.
  private var roundsBegun = 0
  /// What faulty nodes sent and a correct one has handed on.
  private var relayed: [ConsensusMessage] = []
  private var undecided = 0
  private var outcome = HeightOutcome()

  /// A committee that has decided nothing.
  public init(_ size: CommitteeSize, _ timeouts: ConsensusTimeouts) {
    self.size = size
    self.timeouts = timeouts
    nodes = [ConsensusNode](repeating: ConsensusNode(), count: size.members)
  }

  /// Lets the committee decide on a block.
  ///
  /// - Parameters:
  ///   - forged: what nodes of `conduct.twoFaced` send beside what they do by themselves, to whom it comes and when [ns].
  ///   - proposer: who proposes in a round, by his place; asked once for each.
  /// - Returns: nil if nobody decides: too few send anything.
  public mutating func decide<Network: ConsensusNetwork & ~Copyable>(
    _ conduct: CommitteeConduct, over network: inout Network,
    forged: [(message: ConsensusMessage, to: Int, at: Int64)] = [],
    proposer: (Int) -> Int
  ) -> HeightOutcome? {
    begin(conduct)
    for item in forged { queue.insert(.message(item.message), at: item.to, item.at) }
    for node in nodes.indices where isCorrect(node) { begin(0, at: node, &network, proposer) }
    for node in nodes.indices where isCorrect(node) { advance(node, &network, proposer) }
    while undecided > 0, let event = queue.popFirst() {
      now = event.time
      let node = Int(event.node)
      switch event.subject {
      case .message(let message): receive(message, at: node, &network, proposer)
      case .timeout(let kind, let round): expire(kind, Int(round), at: node, &network, proposer)
      }
    }
    queue.removeAll()
    return undecided < correctCount ? summary() : nil
  }

  private mutating func begin(_ conduct: CommitteeConduct) {
    self.conduct = conduct
    for node in nodes.indices { nodes[node].reset() }
    now = 0
    proposers.removeAll(keepingCapacity: true)
    cuts.removeAll(keepingCapacity: true)
    roundsBegun = 0
    relayed.removeAll(keepingCapacity: true)
    undecided = correctCount
    outcome = HeightOutcome()
  }

  /// Whether a node does what it should, if late.
  private func isCorrect(_ node: Int) -> Bool {
    (conduct.silent | conduct.twoFaced) >> node & 1 == 0
  }

  private func isTwoFaced(_ node: Int) -> Bool { conduct.twoFaced >> node & 1 == 1 }

  private var correctCount: Int {
    size.members - (conduct.silent | conduct.twoFaced).nonzeroBitCount
  }

  // MARK: Rounds

  private mutating func proposer(of round: Int, _ proposer: (Int) -> Int) -> Int {
    while proposers.count <= round { proposers.append(UInt8(proposer(proposers.count))) }
    return Int(proposers[round])
  }

  /// A node begins a round (lines 11 to 21).
  private mutating func begin<Network: ConsensusNetwork & ~Copyable>(
    _ round: Int, at node: Int, _ network: inout Network, _ proposer: (Int) -> Int
  ) {
    guard round < Self.roundLimit else { return }
    nodes[node].begin(round)
    let leader = self.proposer(of: round, proposer)
    if round >= roundsBegun {
      roundsBegun = round + 1
      if isTwoFaced(leader) { proposeTwo(by: leader, in: round, &network) }
    }
    guard leader == node else {
      schedule(.proposal, round, at: node)
      return
    }
    let isNew = nodes[node].validRound < 0
    let value = isNew ? ConsensusMessage.value(ofRound: round) : nodes[node].validValue
    if isNew { cut(value) }
    broadcast(
      ConsensusMessage(
        .proposal, round: round, sender: node, value: value, validRound: nodes[node].validRound),
      &network)
  }

  private mutating func cut(_ value: Int32) {
    while cuts.count <= Int(value) { cuts.append(-1) }
    if cuts[Int(value)] < 0 { cuts[Int(value)] = now }
  }

  private mutating func schedule(_ kind: ConsensusMessage.Kind, _ round: Int, at node: Int) {
    queue.insert(
      .timeout(kind, round: Int32(round)), at: node,
      now + timeouts.timeout(for: kind, round: round).nanoseconds)
  }

  /// A node has waited long enough (lines 57 to 67).
  private mutating func expire<Network: ConsensusNetwork & ~Copyable>(
    _ kind: ConsensusMessage.Kind, _ round: Int, at node: Int, _ network: inout Network,
    _ proposer: (Int) -> Int
  ) {
    guard !nodes[node].hasDecided, nodes[node].round == round else { return }
    switch kind {
    case .proposal:
      guard nodes[node].step == .propose else { return }
      vote(.prevote, for: ConsensusMessage.noValue, by: node, &network)
    case .prevote:
      guard nodes[node].step == .prevote else { return }
      vote(.precommit, for: ConsensusMessage.noValue, by: node, &network)
    case .precommit:
      begin(round + 1, at: node, &network, proposer)
    }
    advance(node, &network, proposer)
  }

  // MARK: Messages

  /// Sends a message to all, its sender included.
  private mutating func broadcast<Network: ConsensusNetwork & ~Copyable>(
    _ message: ConsensusMessage, _ network: inout Network
  ) {
    let sender = Int(message.sender)
    nodes[sender][Int(message.round)].add(message)
    let lag = conduct.slow >> sender & 1 == 1 ? conduct.lag : 0
    for node in nodes.indices where node != sender {
      if isCorrect(node) || isTwoFaced(node) && message.kind == .proposal {
        send(message, to: node, after: lag, &network)
      }
    }
  }

  private mutating func send<Network: ConsensusNetwork & ~Copyable>(
    _ message: ConsensusMessage, to node: Int, by relay: Int? = nil, after lag: Int64 = 0,
    _ network: inout Network
  ) {
    let sender = relay ?? Int(message.sender)
    var delay = lag + network.delay(of: message, from: sender, to: node, at: now)
    if message.kind == .proposal, message.validRound < 0, isCorrect(node) {
      delay += network.validation(by: node)
    }
    queue.insert(.message(message), at: node, now + delay)
  }

  private mutating func receive<Network: ConsensusNetwork & ~Copyable>(
    _ message: ConsensusMessage, at node: Int, _ network: inout Network,
    _ proposer: (Int) -> Int
  ) {
    let round = Int(message.round)
    guard round < Self.roundLimit else { return }
    if message.kind == .proposal, self.proposer(of: round, proposer) != Int(message.sender) {
      return
    }
    guard isCorrect(node) else { return voteTwice(on: message, by: node, &network) }
    if isTwoFaced(Int(message.sender)) { relay(message, from: node, &network) }
    nodes[node][round].add(message)
    guard !nodes[node].hasDecided else { return }
    if let value = nodes[node].commit(round, quorum: size.quorum) {
      return decide(value, in: round, by: node)
    }
    // Line 55: one correct node at least is there.
    if round > nodes[node].round, nodes[node][round].senderCount > size.faults {
      begin(round, at: node, &network, proposer)
    }
    advance(node, &network, proposer)
  }

  /// Hands on what a faulty node has sent, once.
  private mutating func relay<Network: ConsensusNetwork & ~Copyable>(
    _ message: ConsensusMessage, from node: Int, _ network: inout Network
  ) {
    guard !relayed.contains(message) else { return }
    relayed.append(message)
    for other in nodes.indices where other != node && isCorrect(other) {
      send(message, to: other, by: node, &network)
    }
  }

  // MARK: The rules of a round

  /// Does what the rules say of the round that a node is in, until they say nothing more.
  private mutating func advance<Network: ConsensusNetwork & ~Copyable>(
    _ node: Int, _ network: inout Network, _ proposer: (Int) -> Int
  ) {
    while !nodes[node].hasDecided, step(node, &network) {}
  }

  private mutating func step<Network: ConsensusNetwork & ~Copyable>(
    _ node: Int, _ network: inout Network
  ) -> Bool {
    let (round, quorum) = (nodes[node].round, size.quorum)
    if let value = nodes[node].prevote(quorum: quorum) {
      vote(.prevote, for: value, by: node, &network)
      return true
    }
    if let value = nodes[node].commit(round, quorum: quorum) {
      decide(value, in: round, by: node)
      return false
    }
    return heedPrevotes(node, round, &network) || heedPrecommits(node, round)
  }

  /// Lines 34 to 46.
  private mutating func heedPrevotes<Network: ConsensusNetwork & ~Copyable>(
    _ node: Int, _ round: Int, _ network: inout Network
  ) -> Bool {
    let quorum = size.quorum
    guard nodes[node].step != .propose else { return false }
    if !nodes[node][round].hasPolka, let value = nodes[node].polka(round, quorum: quorum) {
      nodes[node][round].hasPolka = true
      nodes[node].validValue = value
      nodes[node].validRound = round
      guard nodes[node].step == .prevote else { return true }
      nodes[node].lockedValue = value
      nodes[node].lockedRound = round
      vote(.precommit, for: value, by: node, &network)
      return true
    }
    guard nodes[node].step == .prevote else { return false }
    if nodes[node].prevotes(round, for: ConsensusMessage.noValue) >= quorum {
      vote(.precommit, for: ConsensusMessage.noValue, by: node, &network)
      return true
    }
    if !nodes[node][round].waitsForPrevotes, nodes[node][round].prevotes.count >= quorum {
      nodes[node][round].waitsForPrevotes = true
      schedule(.prevote, round, at: node)
    }
    return false
  }

  /// Line 47.
  private mutating func heedPrecommits(_ node: Int, _ round: Int) -> Bool {
    if !nodes[node][round].waitsForPrecommits, nodes[node][round].precommits.count >= size.quorum {
      nodes[node][round].waitsForPrecommits = true
      schedule(.precommit, round, at: node)
    }
    return false
  }

  private mutating func vote<Network: ConsensusNetwork & ~Copyable>(
    _ kind: ConsensusMessage.Kind, for value: Int32, by node: Int, _ network: inout Network
  ) {
    nodes[node].step = kind == .prevote ? .prevote : .precommit
    broadcast(
      ConsensusMessage(kind, round: nodes[node].round, sender: node, value: value), &network)
  }

  /// Line 49.
  private mutating func decide(_ value: Int32, in round: Int, by node: Int) {
    nodes[node].decision = value
    nodes[node].decidedRound = round
    nodes[node].decidedAt = now
    if undecided == correctCount {
      outcome.value = value
      outcome.round = round
      outcome.first = now
      outcome.cutAt = cuts.indices.contains(Int(value)) ? max(cuts[Int(value)], 0) : 0
      outcome.proposer = Int(proposers[ConsensusMessage.round(ofValue: value)])
    } else if value != outcome.value {
      outcome.isConflicting = true
    }
    undecided -= 1
    let decided = correctCount - undecided
    if decided == min(size.quorum, correctCount) { outcome.quorum = now }
    if undecided == 0 { outcome.all = now }
  }

  private func summary() -> HeightOutcome {
    var outcome = outcome
    outcome.undecided = undecided
    // Who is left has not decided by the last round.
    if outcome.quorum < 0 { outcome.quorum = max(now, outcome.first) }
    if undecided > 0 { outcome.all = max(now, outcome.first) }
    return outcome
  }
}

// MARK: Faulty nodes

extension TendermintHeight {
  /// The half of the others that a node belongs to, for those who say two things.
  private func half(of node: Int) -> Int {
    let before = (UInt128(1) << node) - 1
    let correct = ~(conduct.silent | conduct.twoFaced)
    return (correct & before).nonzeroBitCount & 1
  }

  /// A proposer proposes one block to one half and another to the other, and all who are with him vote for both.
  private mutating func proposeTwo<Network: ConsensusNetwork & ~Copyable>(
    by leader: Int, in round: Int, _ network: inout Network
  ) {
    let values = [
      ConsensusMessage.value(ofRound: round), ConsensusMessage.value(ofRound: round, isOther: true),
    ]
    for value in values { cut(value) }
    outcome.equivocators |= conduct.twoFaced
    for node in nodes.indices where isCorrect(node) {
      let value = values[half(of: node)]
      send(
        ConsensusMessage(.proposal, round: round, sender: leader, value: value), to: node, &network)
      for voter in nodes.indices where isTwoFaced(voter) {
        vote(twice: value, in: round, by: voter, to: node, &network)
      }
    }
  }

  /// A faulty node that hears a proposal votes for it to one half, and for none to the other.
  ///
  /// Those who are enough to succeed wait for a round in which one of them proposes, and vote for it to all.
  private mutating func voteTwice<Network: ConsensusNetwork & ~Copyable>(
    on message: ConsensusMessage, by voter: Int, _ network: inout Network
  ) {
    guard isTwoFaced(voter), message.kind == .proposal else { return }
    let waits = conduct.twoFaced.nonzeroBitCount > size.faults
    if !waits { outcome.equivocators |= UInt128(1) << voter }
    for node in nodes.indices where isCorrect(node) {
      let value = waits || half(of: node) == 0 ? message.value : ConsensusMessage.noValue
      vote(twice: value, in: Int(message.round), by: voter, to: node, &network)
    }
  }

  private mutating func vote<Network: ConsensusNetwork & ~Copyable>(
    twice value: Int32, in round: Int, by voter: Int, to node: Int, _ network: inout Network
  ) {
    for kind in [ConsensusMessage.Kind.prevote, .precommit] {
      send(ConsensusMessage(kind, round: round, sender: voter, value: value), to: node, &network)
    }
  }
}
