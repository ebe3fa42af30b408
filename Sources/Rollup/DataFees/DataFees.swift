import EventKernel
import Ledger

/// What users pay for their data: prices that follow the settlement chain with a lag, and what becomes of the money.
///
/// What is charged rests on what the rollup knows: the fees of one or more blocks some way behind the tip, scalars that
/// its operator set from what the last period cost, or reports of batches that are final. So it errs while fees move.
public struct DataFees: Sendable {
  /// What the scenario says about fees for data.
  public let policy: Policy
  /// What a run remembers of them.
  public private(set) var record = DataFeeRecord()
  /// The price of a unit, where that is of the rollup's own.
  public private(set) var unitPrice: UnitPrice
  /// Fees of the last blocks of the settlement chain.
  private var past: PastFees
  /// What carries the data: on Starknet and ZKsync Era the price rests on that.
  public var carrier: DataCarrier
  /// Whether it is known what transactions write.
  private let knowsWrites: Bool
  /// By how much the operator has changed the scalars.
  private var factor = 1.0
  private var adjustedAt = SimTime.start
  /// What was collected and paid since.
  private var (collected, paid) = (Wei.zero, Wei.zero)
  /// What was collected of a stretch of blocks before that was sealed.
  private var ahead = DataCharge()

  /// Fees before the first block.
  ///
  /// - Parameters:
  ///   - fees: what the settlement chain charges at the start.
  ///   - carrier: what carries the data.
  ///   - knowsWrites: whether it is known what transactions write.
  public init(
    _ policy: Policy, at fees: ObservedFees, carrier: DataCarrier = .blobs,
    knowsWrites: Bool = false
  ) {
    self.policy = policy
    (self.carrier, self.knowsWrites) = (carrier, knowsWrites)
    unitPrice = UnitPrice(policy)
    past = PastFees(before: fees)
  }

  /// What a transaction pays now.
  public var rate: DataFeeRate {
    DataFeeRate(
      rule: policy.rule, zeroByteShare: policy.zeroByteShare, estimate: policy.estimate,
      overhead: policy.overhead, price: price,
      difference: .init(
        carrier: carrier, words: knowsWrites ? nil : policy.starknet.words,
        contracts: policy.starknet.contracts))
  }

  /// What the size of a transaction is multiplied with.
  private var price: UInt128 {
    let fees = past.fees(ofLast: window, through: newest)
    let last = fees[fees.count - 1]
    return switch policy.rule {
    case .none: 0
    case .bedrock: UInt128(scaled(policy.scalar)) * UInt128(last.baseFee)
    case .ecotone, .fjord:
      DataFeeRate.byte(
        baseFee: last.baseFee, scalar: scaled(policy.baseFeeScalar),
        blobBaseFee: last.blobBaseFee, blobScalar: scaled(policy.blobBaseFeeScalar))
    case .arbos: UInt128(unitPrice.price)
    case .era: policy.era.price(in: carrier, of: fees)
    case .starknet: UInt128(policy.starknet.price(in: carrier, of: fees))
    }
  }

  /// How many blocks of the settlement chain a price rests on.
  private var window: Int {
    switch policy.rule {
    case .era: policy.era.window
    case .starknet: policy.starknet.window
    case .none, .bedrock, .ecotone, .fjord, .arbos: 1
    }
  }

  /// The place of the last of them.
  private var newest: Int {
    policy.rule == .starknet
      ? past.place(behind: policy.starknet.lag) : past.place(behind: policy.lag)
  }

  private func scaled(_ scalar: UInt64) -> UInt64 {
    UInt64(min((Double(scalar) * factor).rounded(), Double(UInt32.max)))
  }

  /// The premium on a block.
  public func premium(count: Int, gas: UInt64) -> Wei {
    let scaled = Int128(gas) * Int128(policy.operatorScalar)
    let ofGas =
      switch policy.operatorFee {
      case .isthmus: scaled / 1_000_000
      case .jovian: 100 * scaled
      }
    return Wei(ofGas + Int128(count) * Int128(policy.operatorConstant))
  }

  /// Whether the operator would set scalars anew at an instant.
  public func isDue(at now: SimTime) -> Bool {
    policy.rule.hasScalars && policy.adjustInterval > .zero
      && now - adjustedAt >= policy.adjustInterval
  }

  /// Takes note of what a block of the settlement chain charges.
  public mutating func observe(_ fees: ObservedFees, at now: SimTime) {
    past.append(fees, at: now)
    past.forget(before: newest - window + 1)
    guard isDue(at: now), collected > .zero, paid > .zero else { return }
    let wanted = (1 + policy.margin) * paid.asDouble / collected.asDouble
    factor = min(max(factor * min(max(wanted, 0.1), 10), 1e-6), 1e6)
    record.adjust()
    adjustedAt = now
    (collected, paid) = (.zero, .zero)
  }

  /// Takes what the transactions of a block pay for their data, less what was collected ahead.
  ///
  /// - Parameter bytes: of all of them; only where a unit costs nothing does their number follow from that.
  public mutating func collect(_ all: Wei, bytes: UInt64, isMeasuring: Bool) {
    precondition(all >= ahead.fee, "a stretch pays less than was collected ahead for it")
    let fee = all - ahead.fee
    let price = unitPrice.price
    let units: UInt64 =
      switch policy.rule {
      case .arbos where price > 0: UInt64(fee.amount / Int128(price))
      case .arbos: UInt64(clamping: Int128(rate.sizes.size(bytes: bytes)) - Int128(ahead.size))
      default: 0
      }
    ahead = DataCharge()
    collect(fee, units: units, isMeasuring: isMeasuring)
  }

  /// Takes what blocks of a stretch pay before all of that is sealed, so that prices which follow what is collected do
  /// not wait for its end.
  ///
  /// - Parameter all: what they have paid since the begin of the stretch.
  public mutating func collect(ahead all: DataCharge, isMeasuring: Bool) {
    guard all != ahead else { return }
    let units = policy.rule == .arbos ? UInt64(all.size - ahead.size) : 0
    collect(all.fee - ahead.fee, units: units, isMeasuring: isMeasuring)
    ahead = all
  }

  private mutating func collect(_ fee: Wei, units: UInt64, isMeasuring: Bool) {
    collected += fee
    if isMeasuring { record.collect(fee) }
    guard policy.rule == .arbos else { return }
    unitPrice.collect(fee, units: units)
    if isMeasuring { record.charge(units: units, price: unitPrice.price) }
  }

  /// Takes note of what users pay in a block of the measured window for so many transactions: for data, and premiums.
  public mutating func charge(_ transactions: Int, _ fee: Wei) {
    record.charge(transactions, fee)
  }

  /// Takes what a batch has cost, now that it is final.
  ///
  /// - Returns: what its poster has from the pool; nil where there is none.
  public mutating func pay(
    _ cost: Wei, posted: SimTime, at now: SimTime, isMeasuring: Bool
  ) -> Wei? {
    paid += cost
    if isMeasuring { record.pay(cost) }
    guard policy.rule == .arbos else { return nil }
    let amount = unitPrice.report(
      cost, posted: (posted - .start).wholeSeconds, now: (now - .start).wholeSeconds)
    record.note(surplus: unitPrice.surplus)
    return amount
  }
}
