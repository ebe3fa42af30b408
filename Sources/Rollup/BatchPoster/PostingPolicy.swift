import EventKernel

/// When a batch is closed and when its data is handed over.
///
/// Who looks at fees looks at those that the next block charges: they follow from the last block (EIP-1559,
/// EIP-4844), so any sender sees them, and nobody sees more.
public struct PostingPolicy: Hashable, Sendable {
  /// What decides.
  public enum Rule: String, CaseIterable, Sendable {
    /// A batch is closed by size or age, and handed over at once.
    case immediate
    /// A batch is closed on a fixed grid of time, or when it is full, and handed over at once.
    case interval
    /// A closed batch is held back while the fee is above a limit.
    case priceThreshold = "price_threshold"
    /// A closed batch is held back while a fee is above a percentile of its own past, raised with the age of
    /// the data.
    case percentile
    /// All that waits is handed over when waiting longer costs more than it is expected to save.
    case costOfDelay = "cost_of_delay"
  }

  /// What decides.
  public var rule = Rule.immediate
  /// Time from one instant of the grid to the next.
  public var interval = SimDuration.seconds(300)
  /// The fee of the carrier above which a batch is held back [wei per gas or blob gas].
  public var feeLimit: UInt64 = 1_000_000_000
  /// Time after its first block at which a batch is handed over whatever fees are.
  public var deadline = SimDuration.hours(1)
  /// The share of a full batch from which on the open one is closed when fees are favourable; above 1 never.
  public var earlyFill = 2.0
  /// The share of past fees at or below which a fee holds nothing back.
  public var percentile = 0.1
  /// The time whose fees are remembered.
  public var window = SimDuration.days(7)
  /// What the age of the data adds to the percentile at the deadline, as a multiple of it.
  public var urgency = 25.0
  /// The least that the percentile of the blob base fee counts as [wei per blob gas].
  public var blobFeeFloor: UInt64 = 500_000_000
  /// What an hour of delay of one transaction costs [USD].
  public var delayCost = 0.0
  /// The median of the fee of the carrier that the operator expects [wei per gas or blob gas].
  public var expectedFee: UInt64 = 1_000_000_000
  /// The standard deviation of its logarithm.
  public var feeVolatility = 0.3
  /// The time in which a deviation of its logarithm falls to 1/e.
  public var feeReversion = SimDuration.seconds(1800)

  /// Batches as they come, handed over at once.
  public static let baseCase = PostingPolicy()

  /// Whether it depends on the fees of the settlement chain.
  @inlinable
  public var watchesFees: Bool {
    switch rule {
    case .immediate, .interval: false
    case .priceThreshold, .percentile, .costOfDelay: true
    }
  }

  /// Whether the open batch can be closed by a fee.
  public var closesEarly: Bool {
    switch rule {
    case .immediate, .interval: false
    case .priceThreshold, .percentile: earlyFill <= 1
    case .costOfDelay: true
    }
  }
}

extension BatchPoster.Policy {
  /// Whether it looks at the fees of the settlement chain.
  @inlinable
  public var observesFees: Bool { posting.watchesFees || carrierChoice == .cheaper }
}

/// The fees that the next block of the settlement chain charges.
public struct ObservedFees: Hashable, Sendable {
  /// Base fee [wei per gas].
  public let baseFee: UInt64
  /// Blob base fee [wei per blob gas].
  public let blobBaseFee: UInt64

  /// Fees that a block has led to.
  public init(baseFee: UInt64, blobBaseFee: UInt64) {
    self.baseFee = baseFee
    self.blobBaseFee = blobBaseFee
  }

  /// What data of a carrier is charged by.
  public func fee(of carrier: DataCarrier) -> UInt64 {
    switch carrier {
    case .calldata: baseFee
    case .blobs: blobBaseFee
    }
  }
}
