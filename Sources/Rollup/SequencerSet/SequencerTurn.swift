import EventKernel
import Ledger

/// Whether a block can be made now.
public enum SequencerTurn: Hashable, Sendable {
  /// Now, by a member; it is confirmed at an instant that is not before.
  case now(BlockMaker)
  /// Nobody can before an instant.
  case from(SimTime)
  /// Nobody can until something else happens.
  case nobody
}

/// Who makes a block.
public struct BlockMaker: Hashable, Sendable {
  /// Which member; as many as there are for one who is none.
  public var member: Int
  /// When users have the block for sure, as far as the set goes.
  public var confirmedAt: SimTime
}

/// Money that members of a set pay or are paid.
public struct SequencerPayment: Hashable, Sendable {
  /// Who pays.
  public var payer: Account
  /// Who is paid.
  public var payee: Account
  /// How much.
  public var amount: Wei
  /// What for.
  public var purpose: Purpose
}
