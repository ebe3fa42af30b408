import Declarations
import EventKernel

/// What of a chain's history is replayed, and what our own transactions do to it.
public struct HistoryPolicy: Hashable, Sendable {
  /// The blocks; none for a chain that the model alone moves.
  public var trace = BlockTrace.none
  /// What the trace gives of execution gas.
  public var gas = Given.demand
  /// What it gives of blobs.
  public var blobs = Given.demand
  /// What our own transactions do to what it gives.
  public var ours = OwnUse.priceTaker
  /// What holds once it has no further block.
  public var end = End.refuse
  /// The number of the block with which a run begins; 0 for the first row.
  ///
  /// Where rows have times, the clock says it.
  public var firstBlock: UInt64 = 0

  /// No history.
  public init() {}

  /// What a trace gives of a market; the model has the rest.
  public enum Given: String, CaseIterable, Sendable {
    /// Nothing: others' demand moves the market.
    case demand
    /// The fee of each block. Others' demand still competes for its room.
    case fee
    /// What each block used. The fee follows from it by the chain's rule.
    case use
    /// Both: no rule is applied.
    case feeAndUse = "fee-and-use"

    /// Whether fees are those of the trace.
    public var hasFee: Bool { self == .fee || self == .feeAndUse }
    /// Whether others use what the trace says.
    public var hasUse: Bool { self == .use || self == .feeAndUse }
  }

  /// What our own transactions do to history.
  public enum OwnUse: String, CaseIterable, Sendable {
    /// They pay the fees of history and move none.
    case priceTaker = "price-taker"
    /// Their gas and blobs come on top of what history used, and the fee rules run on.
    case added
  }

  /// What holds after the last block of a trace.
  public enum End: String, CaseIterable, Sendable {
    /// The run fails.
    case refuse
    /// History begins again with its first row.
    case `repeat`
    /// Others' demand takes over at the fees that stand.
    case demand
  }
}

extension HistoryPolicy {
  /// Whether history is replayed at all.
  public var isOn: Bool { !trace.blocks.isEmpty }
  /// Whether it says when blocks come.
  public var isTimed: Bool { isOn && trace.clock != nil }

  /// The columns that a run needs.
  var neededColumns: [BlockTrace.Column] {
    [
      gas.hasFee ? .baseFee : nil, gas.hasUse ? .gasUsed : nil,
      blobs.hasFee ? .blobBaseFee : nil, blobs.hasUse ? .blobCount : nil,
    ].compactMap(\.self)
  }

  /// What the trace says of the first block of a run, where it has the column.
  func firstFigures(startingAt startsAt: Int64) -> (BlockTrace.Column) -> UInt64? {
    let block = firstPlace(startingAt: startsAt).map { trace.blocks[$0] }
    return { trace.columns.contains($0) ? block?[$0] : nil }
  }

  /// The place of the first block at or after the start of a run; nil if all come before it.
  ///
  /// - Parameter startsAt: what the chain's clock shows then [Unix seconds].
  func firstPlace(startingAt startsAt: Int64) -> Int? {
    if isTimed {
      let offset = trace.offset(startingAt: startsAt)
      return trace.blocks.firstIndex { $0.time >= offset }
    }
    guard firstBlock > 0, let first = trace.firstNumber else { return isOn ? 0 : nil }
    guard firstBlock >= first, firstBlock - first < UInt64(trace.blocks.count) else { return nil }
    return Int(firstBlock - first)
  }
}

extension SettlementPolicy {
  /// The row of its history with which a run begins, counted from 0; nil if there is none.
  public var firstHistoryRow: Int? { history.firstPlace(startingAt: startsAt) }

  /// When the first slot comes, from the start of a run: on the grid of the history's blocks if it says
  /// when they come.
  public var startOfSlots: SimDuration {
    guard history.isTimed, slot > .zero, let place = history.firstPlace(startingAt: startsAt) else {
      return firstSlot
    }
    let first = history.trace.blocks[place].time - history.trace.offset(startingAt: startsAt)
    return SimDuration(nanoseconds: first.nanoseconds % slot.nanoseconds)
  }
}
