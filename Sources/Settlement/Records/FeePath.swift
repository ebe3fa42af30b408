import EventKernel

/// The fees of the settlement chain on a fixed grid of time.
public struct FeePath: Sendable {
  /// The fees that stand at one instant.
  public struct Sample: Hashable, Sendable {
    /// The instant, from the start of the run.
    public let time: SimTime
    /// Base fee of the next block [wei per gas].
    public let baseFee: UInt64
    /// Blob base fee of the next block [wei per blob gas].
    public let blobBaseFee: UInt64

    /// The fees at an instant.
    public init(time: SimTime, baseFee: UInt64, blobBaseFee: UInt64) {
      self.time = time
      self.baseFee = baseFee
      self.blobBaseFee = blobBaseFee
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

  /// Notes what stands before the slot at `now`, for each grid point up to it.
  public mutating func sample(_ chain: borrowing SettlementChain, at now: SimTime) {
    while next <= now, next < end {
      samples.append(
        Sample(time: next, baseFee: chain.baseFee, blobBaseFee: chain.blobBaseFee(at: next)))
      next = next + interval
    }
  }
}
