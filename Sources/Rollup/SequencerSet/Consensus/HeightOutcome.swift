import EventKernel

/// Who of a committee does what.
public struct CommitteeConduct: Sendable {
  /// Who sends nothing.
  public var silent: UInt128 = 0
  /// Who together say one thing to one half of the others, and another to the other half.
  public var twoFaced: UInt128 = 0
  /// Who sends everything later, and by how much [ns].
  public var slow: UInt128 = 0
  /// By how much [ns].
  public var lag: Int64 = 0

  /// All do what they should.
  public init() {}
}

/// What a height of a committee came to; times are from its begin.
public struct HeightOutcome: Sendable {
  /// The block that was decided first, by its number.
  public var value = ConsensusMessage.noValue
  /// Who proposed it, by his place.
  public var proposer = 0
  /// When it was proposed first, so that what it has was there by then [ns].
  public var cutAt: Int64 = 0
  /// The round in which it was decided.
  public var round = 0
  /// When the first node had decided [ns].
  public var first: Int64 = 0
  /// When so many had as a quorum needs, or all correct ones if those are fewer [ns].
  public var quorum: Int64 = -1
  /// When all correct ones had [ns].
  public var all: Int64 = 0
  /// How many correct ones had not when the height ended.
  public var undecided = 0
  /// Whether two correct nodes decided different blocks.
  public var isConflicting = false
  /// Who has signed two messages where one is due, by places.
  public var equivocators: UInt128 = 0
}
