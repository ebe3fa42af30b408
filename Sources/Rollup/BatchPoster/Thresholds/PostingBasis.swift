import Declarations
import EventKernel

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What the operator of a rollup knows when it weighs the cost of posting against that of delay.
public struct PostingBasis: Sendable {
  /// Mean time from one slot of the settlement chain to the next.
  public var slot: SimDuration
  /// Transactions that come [1/s].
  public var rate: Double
  /// Bytes of one before compression.
  public var bytes: Double
  /// What a second of delay of one transaction costs [wei].
  public var weiPerSecond: Double
  /// Base fee for the gas of transactions that carry blobs [wei per gas].
  public var baseFee: UInt64
  /// Tip per gas [wei].
  public var tip: UInt64
  /// Gas of a transaction with so many bytes of calldata.
  public var gas: @Sendable (UInt64) -> UInt64

  /// What is known of a rollup and its settlement chain.
  public init(
    slot: SimDuration, rate: Double, bytes: Double, weiPerSecond: Double, baseFee: UInt64,
    tip: UInt64, gas: @escaping @Sendable (UInt64) -> UInt64
  ) {
    self.slot = slot
    self.rate = rate
    self.bytes = bytes
    self.weiPerSecond = weiPerSecond
    self.baseFee = baseFee
    self.tip = tip
    self.gas = gas
  }
}

extension BatchPoster.Policy {
  /// Levels of the fee, which reach 4.5 standard deviations.
  private static let levels = 21
  /// Steps until the deadline, at most: of a longer one each is several slots.
  private static let mostSteps = 300

  /// How much time a step of the problem has.
  func postingStep(_ basis: PostingBasis) -> SimDuration {
    let slot = max(basis.slot, .shortestCycle)
    let slots = max(1, posting.deadline.nanoseconds / slot.nanoseconds)
    return slot * ((slots + Int64(Self.mostSteps) - 1) / Int64(Self.mostSteps))
  }

  /// When to post, for an operator who expects fees to be lognormal and to revert to their median.
  public func postingProblem(_ basis: PostingBasis) -> PostingProblem {
    let step = postingStep(basis)
    let count = Int(max(1, posting.deadline.nanoseconds / step.nanoseconds))
    let arrivals = basis.rate * step.seconds
    let loads = (1...count).map { load(of: arrivals * Double($0), basis) }
    return PostingProblem(
      fees: .lognormal(
        median: Double(posting.expectedFee), volatility: posting.feeVolatility,
        persistence: exp(-step.seconds / posting.feeReversion.seconds), count: Self.levels),
      units: loads.map(\.units), fixed: loads.map(\.fixed),
      // Who comes during a step waits half of it on average.
      delay: (0..<count).map {
        basis.weiPerSecond * arrivals * step.seconds * (Double($0) + 0.5)
      })
  }

  /// What posting so many transactions costs: units that are charged by the fee of the carrier, and the rest.
  private func load(
    of transactions: Double, _ basis: PostingBasis
  ) -> (units: Double, fixed: Double) {
    let raw = UInt64(min((transactions * basis.bytes).rounded(.up), 1e15))
    let bytes = publishedBytes(rawBytes: raw)
    let (whole, rest) = bytes.quotientAndRemainder(dividingBy: maxBytes)
    let one = load(ofBytes: maxBytes, basis)
    let last = rest > 0 ? load(ofBytes: rest, basis) : (units: 0, fixed: 0)
    return (Double(whole) * one.units + last.units, Double(whole) * one.fixed + last.fixed)
  }

  private func load(
    ofBytes bytes: UInt64, _ basis: PostingBasis
  ) -> (units: Double, fixed: Double) {
    parts(of: bytes).reduce((units: 0, fixed: 0)) { sum, part in
      let gas = Double(basis.gas(part.calldata))
      switch carrier {
      case .calldata: return (sum.units + gas, sum.fixed + gas * Double(basis.tip))
      case .blobs:
        return (
          sum.units + Double(part.blobs) * DataCarrier.bytesPaidPerBlob,
          sum.fixed + gas * Double(basis.baseFee + basis.tip)
        )
      }
    }
  }
}
