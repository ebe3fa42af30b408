import Declarations
import EventKernel
import Randomness

/// That the operator hands out no data any more, although the rollup goes on.
///
/// From then on a balance can be proved by whoever has rebuilt the state: from the host, or from a member of the
/// committee who is honest. Nothing else of a run changes by it.
public enum Withholding {
  /// What a scenario says about it.
  public struct Policy: Hashable, Sendable {
    /// Whether it happens.
    public var happens = false
    /// When it begins, from the start of the run [s]; what lies behind the horizon never does.
    public var at = Distribution.constant(0)
    /// How long it lasts; zero for good.
    public var lasts = SimDuration.zero
    /// Probability that a member of the committee hands out what it has signed.
    public var honest = 1.0
    /// Probability that no member does, because all withhold together.
    public var collusion = 0.0
    /// How long somebody takes to rebuild the state from what is to be had.
    public var rebuildTime = SimDuration.hours(1)
    /// How long nodes of the host keep blobs.
    public var blobRetention = blobSidecars

    /// It does not happen.
    public init() {}

    /// For how long nodes serve blobs: MIN_EPOCHS_FOR_BLOB_SIDECARS_REQUESTS = 4096 epochs of 32 slots of 12 s
    /// (consensus-specs, Deneb, `p2p-interface.md`; EIP-4844).
    public static let blobSidecars = SimDuration.seconds(4096 * 32 * 12)
  }
}

extension Withholding.Policy {
  /// When it begins, and which members hand out what they have, as bits.
  func drawn(members: Int, _ stream: inout RandomStream) -> (at: SimTime, honest: UInt64) {
    guard happens else { return (.distantFuture, 0) }
    let delay = SimDuration(drawn: at.sample(&stream))
    let collude = stream.bernoulli(collusion)
    let honest = (0..<members).reduce(UInt64(0)) {
      stream.bernoulli(self.honest) ? $0 | 1 << UInt64($1) : $0
    }
    return (.start + delay, collude ? 0 : honest)
  }

  /// What a scenario can say about withholding.
  public static let parameters: [PartParameter<Withholding.Policy>] =
    [
      .flag(
        "happens", \.happens, "Whether the operator stops handing out data at some time.",
        affects: [.data]
      ).titled("Whether data is withheld")
    ]
    + [PartParameter<Withholding.Policy>]([
      .distribution(
        "at", .duration, \.at,
        "When that begins, from the start of the run; what lies behind the horizon never does.",
        affects: [.data]
      ).titled("When withholding begins"),
      .duration("lasts", \.lasts, "How long it lasts; 0 for good.", affects: [.data]).titled(
        "How long withholding lasts"),
      .number(
        "honest", .share, \.honest,
        "Probability that a member of the committee hands out what it has signed.",
        affects: [.data]
      ).titled("Probability that a member is honest"),
      .number(
        "collusion", .share, \.collusion,
        "Probability that no member does, because all withhold together.", affects: [.data]
      ).titled("Probability that all members withhold"),
      .duration(
        "rebuild", \.rebuildTime,
        "How long somebody takes to rebuild the state from the data that is to be had.",
        affects: [.data]
      ).titled("Time to rebuild the state"),
      .duration(
        "blob_retention", \.blobRetention, "How long nodes of the host keep blobs.",
        affects: [.data]
      ).titled("Time for which blobs are kept"),
    ]).used(when: \.happens)

  /// States what holds of any withholding.
  public func check(_ expect: inout Expectations) {
    guard happens else { return }
    for (value, key) in [(honest, "honest"), (collusion, "collusion")] {
      expect(
        (0...1).contains(value), .init(stringLiteral: key), "expected a probability from 0 to 1")
    }
  }
}
