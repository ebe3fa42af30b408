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

/// When an operator posts who weighs what waiting costs.
///
/// A batch that is full is a matter of its own: its price and its delay have nothing to do with what comes later. The
/// open one is posted when sharing its fixed cost with more transactions, and a lower fee, are not worth the wait.
struct PostingPlan {
  /// By how many steps of arrivals the open batch has.
  let open: PostingThresholds
  /// By the age of a full batch in steps.
  let held: PostingThresholds
  let step: SimDuration
  /// Transactions that come in a step.
  let arrivals: Double
}

extension BatchPoster.Policy {
  /// Levels of the fee, which reach 4.5 standard deviations.
  private static let levels = 21
  /// Steps until the deadline, at most: of a later one each is several slots.
  private static let mostSteps = 300

  /// How much time a step of the problem has.
  func postingStep(_ basis: PostingBasis) -> SimDuration {
    let slot = max(basis.slot, .shortestCycle)
    let slots = max(1, posting.deadline.nanoseconds / slot.nanoseconds)
    return slot * ((slots + Int64(Self.mostSteps) - 1) / Int64(Self.mostSteps))
  }

  /// When to post, for an operator who expects fees to be lognormal and to revert to their median.
  func postingPlan(_ basis: PostingBasis) -> PostingPlan {
    let step = postingStep(basis)
    let last = Int(max(1, posting.deadline.nanoseconds / step.nanoseconds))
    let full = fullSteps(basis)
    let whole = load(ofBytes: maxBytes, basis)
    let arrivals = basis.rate * step.seconds
    let held = WaitingProblem(
      fees: fees(every: step), units: whole.units, fixed: whole.fixed,
      delay: basis.weiPerSecond * arrivals * Double(full) * step.seconds, steps: last
    ).solve()
    var problem = postingProblem(basis, steps: min(full, last))
    guard full < last else {
      return PostingPlan(
        open: PostingThresholds(problem), held: held.thresholds, step: step, arrivals: arrivals)
    }
    problem.ending = held.costs[full - 1]
    return PostingPlan(
      open: PostingThresholds(problem, last: held.thresholds.fees[full - 1]),
      held: held.thresholds, step: step, arrivals: arrivals)
  }

  /// How many steps of arrivals a batch has when it is full.
  private func fullSteps(_ basis: PostingBasis) -> Int {
    let bytes = basis.rate * postingStep(basis).seconds * basis.bytes
    let full = uncompressed(Double(maxBytes - overheadBytes))
    return Int(max(1, (full / max(bytes, 1e-9)).rounded(.up)))
  }

  private func fees(every step: SimDuration) -> FeeChain {
    .lognormal(
      median: Double(posting.expectedFee), volatility: posting.feeVolatility,
      persistence: exp(-step.seconds / posting.feeReversion.seconds), count: Self.levels)
  }

  /// When to post what the open batch has, whose last step comes after so many.
  private func postingProblem(_ basis: PostingBasis, steps: Int) -> PostingProblem {
    let step = postingStep(basis)
    let arrivals = basis.rate * step.seconds
    let loads = (1...steps).map { load(of: arrivals * Double($0), basis) }
    return PostingProblem(
      fees: fees(every: step), units: loads.map(\.units), fixed: loads.map(\.fixed),
      // Who comes during a step waits half of it on average.
      delay: (0..<steps).map {
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
