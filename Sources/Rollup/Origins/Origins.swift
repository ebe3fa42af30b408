import EventKernel
import Statistics

/// Blocks that are built on blocks of the settlement chain, and fall with them.
///
/// A rollup that derives its blocks from an origin on its host, to see deposits soon, has to give up what it confirmed when a
/// re-org drops the origin. Its sequencer keeps a distance from the tip; what a re-org no deeper than that drops is no origin
/// yet. Transactions are confirmed anew in other blocks at once: what was promised, an order and a state, is not kept.
///
/// Source: OP Stack specification, Derivation, "Reset" and "L1 origin"; op-node, `--sequencer.l1-confs`.
public struct Origins {
  /// What the scenario says about origins.
  public let policy: Policy
  /// What a run remembers of them.
  public private(set) var record = OriginRecord()
  private let window: Range<SimTime>
  /// Transactions by the height of the host at which they were confirmed, lowest first.
  private var confirmed = FIFOQueue<Confirmed>()

  private struct Confirmed {
    /// The height of the last block of the host at that time.
    var height: Int
    /// Transactions whose confirmation counts, because it was in the measured window.
    var count: Int
  }

  /// A rollup that has confirmed nothing yet.
  ///
  /// - Parameter window: confirmations of which time are counted.
  public init(_ policy: Policy, window: Range<SimTime>) {
    self.policy = policy
    self.window = window
  }

  /// Confirmations that were given up.
  package var lost: Int { record.lost }

  /// Notes that transactions are confirmed while the host has so many blocks.
  public mutating func confirm(_ count: Int, at height: Int, _ now: SimTime) {
    guard count > 0, window.contains(now) else { return }
    record.confirm(count)
    forget(before: height - Self.deepest)
    if let last = confirmed.indices.last, confirmed[last].height == height {
      confirmed[last].count += count
    } else {
      confirmed.append(Confirmed(height: height, count: count))
    }
  }

  /// Gives up what was built on blocks of the host that a re-org dropped, and confirms it anew.
  ///
  /// - Parameter height: of the block that came instead; all behind its parent are dropped.
  public mutating func reorganise(at height: Int) {
    var lost = 0
    for place in confirmed.indices
    where confirmed[place].height - policy.confirmations > height - 1 {
      lost += confirmed[place].count
      confirmed[place].height = height
    }
    record.reorganise(losing: lost)
  }

  /// No re-org is deeper.
  static let deepest = 4096

  private mutating func forget(before height: Int) {
    while let first = confirmed.head, first.height < height { confirmed.removeFirst() }
  }
}
