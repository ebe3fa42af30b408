/// Who has voted for what, of one round and one kind of vote.
struct VoteCount {
  /// Who has sent any.
  private(set) var senders: UInt128 = 0
  private var values: [(value: Int32, senders: UInt128)] = []

  /// How many have sent any.
  var count: Int { senders.nonzeroBitCount }

  /// How many have sent one for a block.
  func count(of value: Int32) -> Int {
    for entry in values where entry.value == value { return entry.senders.nonzeroBitCount }
    return 0
  }

  /// Counts a vote; one that was counted before changes nothing.
  mutating func add(_ value: Int32, by sender: UInt8) {
    let bit = UInt128(1) << sender
    senders |= bit
    for index in values.indices where values[index].value == value {
      values[index].senders |= bit
      return
    }
    values.append((value, bit))
  }

  /// Forgets all.
  mutating func clear() {
    senders = 0
    values.removeAll(keepingCapacity: true)
  }
}

/// What a node has heard of one round.
struct RoundLog {
  /// Blocks that its proposer has proposed: more than one of a proposer who lies.
  private(set) var proposals: [(value: Int32, validRound: Int32)] = []
  private(set) var prevotes = VoteCount()
  private(set) var precommits = VoteCount()
  /// Who has sent anything.
  private var proposers: UInt128 = 0
  /// Whether what happens once in a round has happened: lines 34, 36 and 47.
  var waitsForPrevotes = false
  var hasPolka = false
  var waitsForPrecommits = false

  /// How many have sent anything.
  var senderCount: Int {
    (proposers | prevotes.senders | precommits.senders).nonzeroBitCount
  }

  /// Takes note of a message of this round.
  mutating func add(_ message: ConsensusMessage) {
    switch message.kind {
    case .proposal:
      proposers |= UInt128(1) << message.sender
      let isKnown = proposals.contains {
        $0.value == message.value && $0.validRound == message.validRound
      }
      if !isKnown { proposals.append((message.value, message.validRound)) }
    case .prevote: prevotes.add(message.value, by: message.sender)
    case .precommit: precommits.add(message.value, by: message.sender)
    }
  }

  /// Forgets all.
  mutating func clear() {
    proposals.removeAll(keepingCapacity: true)
    prevotes.clear()
    precommits.clear()
    proposers = 0
    (waitsForPrevotes, hasPolka, waitsForPrecommits) = (false, false, false)
  }
}

/// A node that follows the algorithm: its variables, in the names of the paper.
struct ConsensusNode {
  /// What it does in a round.
  enum Step: UInt8 {
    case propose, prevote, precommit
  }

  private(set) var round = -1
  var step = Step.propose
  var lockedValue = ConsensusMessage.noValue
  var lockedRound = -1
  var validValue = ConsensusMessage.noValue
  var validRound = -1
  /// What it has decided; nothing before.
  var decision = ConsensusMessage.noValue
  /// In which round, and when since the height began [ns].
  var decidedRound = -1
  var decidedAt: Int64 = -1
  /// By round; those beyond `rounds` are of former heights.
  private var log: [RoundLog] = []
  private var rounds = 0

  /// Whether it has decided.
  var hasDecided: Bool { decidedAt >= 0 }

  /// What it has heard of a round.
  subscript(round: Int) -> RoundLog {
    mutating get {
      reach(round)
      return log[round]
    }
    _modify {
      reach(round)
      yield &log[round]
    }
  }

  private mutating func reach(_ round: Int) {
    while rounds <= round {
      if log.count <= rounds { log.append(RoundLog()) } else { log[rounds].clear() }
      rounds += 1
    }
  }

  /// How many have sent a prevote for a block in a round.
  mutating func prevotes(_ round: Int, for value: Int32) -> Int {
    reach(round)
    return log[round].prevotes.count(of: value)
  }

  /// Begins a round.
  mutating func begin(_ round: Int) {
    self.round = round
    step = .propose
  }

  /// Begins another height.
  mutating func reset() {
    (round, step) = (-1, .propose)
    (lockedValue, lockedRound) = (ConsensusMessage.noValue, -1)
    (validValue, validRound) = (ConsensusMessage.noValue, -1)
    (decision, decidedRound, decidedAt) = (ConsensusMessage.noValue, -1, -1)
    rounds = 0
  }

  /// The block that it votes for in the propose step, or none of the proposals that it knows; nil while it waits.
  ///
  /// Source: arXiv 1807.04938, algorithm 1, lines 22 to 33.
  mutating func prevote(quorum: Int) -> Int32? {
    guard step == .propose else { return nil }
    reach(round)
    for (value, validRound) in log[round].proposals {
      if validRound < 0 {
        return lockedRound < 0 || lockedValue == value ? value : ConsensusMessage.noValue
      }
      let valid = Int(validRound)
      guard valid < round, prevotes(valid, for: value) >= quorum else { continue }
      return lockedRound <= valid || lockedValue == value ? value : ConsensusMessage.noValue
    }
    return nil
  }

  /// The proposal of a round that has a quorum of prevotes; nil if none has.
  mutating func polka(_ round: Int, quorum: Int) -> Int32? {
    reach(round)
    for (value, _) in log[round].proposals where log[round].prevotes.count(of: value) >= quorum {
      return value
    }
    return nil
  }

  /// The proposal of a round that has a quorum of precommits; nil if none has.
  mutating func commit(_ round: Int, quorum: Int) -> Int32? {
    reach(round)
    for (value, _) in log[round].proposals where log[round].precommits.count(of: value) >= quorum {
      return value
    }
    return nil
  }
}
