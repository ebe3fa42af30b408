/// What nodes of a committee send each other about one height.
public struct ConsensusMessage: Hashable, Sendable, BitwiseCopyable {
  /// What it is.
  public enum Kind: UInt8, Sendable, BitwiseCopyable {
    /// The proposer's block.
    case proposal
    /// The first vote.
    case prevote
    /// The second vote, by which a block is decided.
    case precommit
  }

  /// Stands for no block.
  public static let noValue: Int32 = -1

  /// What it is.
  public var kind: Kind
  /// The round that it belongs to.
  public var round: Int32
  /// Who signs it.
  public var sender: UInt8
  /// The block that it is about, by its number; `noValue` for a vote for none.
  public var value: Int32
  /// Of a proposal that is made again the round in which it had its prevotes; -1 of a new one.
  public var validRound: Int32

  /// A message.
  public init(
    _ kind: Kind, round: Int, sender: Int, value: Int32, validRound: Int = -1
  ) {
    self.kind = kind
    self.round = Int32(round)
    self.sender = UInt8(sender)
    self.value = value
    self.validRound = Int32(validRound)
  }

  /// The block that the proposer of a round makes, or the other one of a proposer who makes two.
  public static func value(ofRound round: Int, isOther: Bool = false) -> Int32 {
    Int32(2 * round + (isOther ? 1 : 0))
  }

  /// The round in whose name a block was first proposed.
  static func round(ofValue value: Int32) -> Int { Int(value / 2) }
}

/// How long messages take.
public protocol ConsensusNetwork: ~Copyable {
  /// Time until a message arrives that is sent now, an instant since the height began [ns].
  ///
  /// - Parameter sender: who sends it; another than who has signed it where he hands it on.
  mutating func delay(
    of message: ConsensusMessage, from sender: Int, to node: Int, at now: Int64
  ) -> Int64

  /// Time that a node takes to check a block that it has not seen before [ns].
  mutating func validation(by node: Int) -> Int64
}
