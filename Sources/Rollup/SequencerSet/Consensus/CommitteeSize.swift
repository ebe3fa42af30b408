/// How many votes a committee needs, and how many faulty members it bears.
///
/// Source: Buchman, Kwon, Milosevic, arXiv 1807.04938, with n = 3f + 1; of other n more than two thirds have to
/// vote alike, as in CometBFT (`types/vote_set.go`).
public struct CommitteeSize: Hashable, Sendable {
  /// How many members it has.
  public let members: Int

  /// A committee of so many.
  public init(members: Int) { self.members = members }

  /// How many faulty members it bears: f.
  public var faults: Int { (members - 1) / 3 }
  /// How many votes decide: 2f + 1 of 3f + 1.
  public var quorum: Int { 2 * members / 3 + 1 }
}
