import EventKernel

/// The fees of the settlement chain on a fixed grid of time, and what operators have earned by then.
public struct FeePath: Sendable {
  /// The fees that stand at one instant.
  public struct Sample: Hashable, Sendable {
    /// The instant, from the start of the run.
    public let time: SimTime
    /// Base fee of the next block [wei per gas].
    public let baseFee: UInt64
    /// Blob base fee of the next block [wei per blob gas].
    public let blobBaseFee: UInt64
    /// What operators of rollups have earned less what they have paid, by the slot that comes then or next [USD].
    public let operatorsUSD: Double

    /// The fees at an instant.
    public init(time: SimTime, baseFee: UInt64, blobBaseFee: UInt64, operatorsUSD: Double) {
      self.time = time
      self.baseFee = baseFee
      self.blobBaseFee = blobBaseFee
      self.operatorsUSD = operatorsUSD
    }
  }

  /// The samples in order of time; the last lies before the horizon.
  public private(set) var samples: [Sample] = []
  private let interval: SimDuration
  private let end: SimTime
  private var next = SimTime.start

  /// An empty path.
  public init(every interval: SimDuration, through end: SimTime) {
    precondition(interval > .zero, "a grid without an interval")
    self.interval = interval
    self.end = end
  }

  /// Whether a grid point has come.
  public func isDue(at now: SimTime) -> Bool { next <= now && next < end }

  /// Notes what stands before the slot at `now`, for each grid point up to it.
  public mutating func sample(
    _ chain: borrowing SettlementChain, operatorsUSD: Double, at now: SimTime
  ) {
    while isDue(at: now) {
      samples.append(
        Sample(
          time: next, baseFee: chain.baseFee, blobBaseFee: chain.blobBaseFee(at: next),
          operatorsUSD: operatorsUSD))
      next = next + interval
    }
  }
}
