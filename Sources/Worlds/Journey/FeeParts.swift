import Ledger
import Settlement

/// What a settlement transaction pays for: the kinds of fee.
enum FeeKind: String, CaseIterable, Sendable {
  /// Base fee of the gas that its calldata does not take (EIP-1559).
  case execution
  /// Base fee of the gas that it would not use without its calldata (EIP-2028, EIP-7623).
  case calldata
  /// Tip on all of its gas (EIP-1559).
  case tip
  /// Blob fee (EIP-4844).
  case blob
  /// What a host that is a rollup asks, by gas or at cost.
  case host
  /// What a chain asks that keeps the data beside the host.
  case dataLayer = "data_layer"
}

/// An amount of wei by kind of fee; the kinds sum to it.
struct FeeParts: Equatable, Sendable {
  private var execution = Wei.zero
  private var calldata = Wei.zero
  private var tip = Wei.zero
  private var blob = Wei.zero
  private var host = Wei.zero
  private var dataLayer = Wei.zero

  /// Nothing.
  static let zero = FeeParts()

  private init() {}

  /// What is paid to a host that is a rollup.
  init(toHost amount: Wei) { host = amount }

  /// What is paid to a chain that keeps data beside the host.
  init(toDataLayer amount: Wei) { dataLayer = amount }

  /// What a transaction in a block of the settlement chain paid.
  ///
  /// - Parameter calldataGas: gas that it would not have used without its calldata.
  init(of receipt: SettlementReceipt, calldataGas: UInt64) {
    let gas = receipt.transaction.gas
    calldata = Wei(gas: calldataGas, price: receipt.baseFee)
    execution = Wei(gas: gas - calldataGas, price: receipt.baseFee)
    tip = receipt.tip
    blob = receipt.blobBurned
  }

  /// What some of the gas of such a transaction paid.
  init(gas: UInt64, of receipt: SettlementReceipt) {
    execution = Wei(gas: gas, price: receipt.baseFee)
    tip = Wei(gas: gas, price: receipt.effectiveGasPrice - receipt.baseFee)
  }

  subscript(kind: FeeKind) -> Wei {
    switch kind {
    case .execution: execution
    case .calldata: calldata
    case .tip: tip
    case .blob: blob
    case .host: host
    case .dataLayer: dataLayer
    }
  }

  /// The amount [wei].
  var total: Wei { execution + calldata + tip + blob + host + dataLayer }

  static func + (left: FeeParts, right: FeeParts) -> FeeParts { combine(left, right, +) }

  static func - (left: FeeParts, right: FeeParts) -> FeeParts { combine(left, right, -) }

  private static func combine(
    _ left: FeeParts, _ right: FeeParts, _ combine: (Wei, Wei) -> Wei
  ) -> FeeParts {
    var parts = FeeParts()
    parts.execution = combine(left.execution, right.execution)
    parts.calldata = combine(left.calldata, right.calldata)
    parts.tip = combine(left.tip, right.tip)
    parts.blob = combine(left.blob, right.blob)
    parts.host = combine(left.host, right.host)
    parts.dataLayer = combine(left.dataLayer, right.dataLayer)
    return parts
  }

  /// Parts made of each kind, in the order of the kinds.
  private func map(_ part: (Wei) -> Wei) -> FeeParts {
    FeeParts.combine(self, self) { own, _ in part(own) }
  }

  /// A share of each kind, rounded down.
  func scaled(by weight: UInt64, over total: UInt64) -> FeeParts {
    let (weight, total) = (Wei(Int128(weight)), Wei(Int128(total)))
    return map { Wei.share($0, times: weight, over: total) }
  }

  /// The same kinds in the same proportion, as parts of less.
  ///
  /// Sums from the first kind on are rounded down, so that the kinds sum to `amount` to the wei.
  func scaled(to amount: Wei) -> FeeParts {
    let total = total
    guard amount != total else { return self }
    var (sum, given) = (Wei.zero, Wei.zero)
    return map { part in
      sum += part
      let through = Wei.share(sum, times: amount, over: total)
      defer { given = through }
      return through - given
    }
  }
}

extension SettlementReceipt {
  /// Base fee that it paid [wei per gas].
  fileprivate var baseFee: UInt64 {
    transaction.gas > 0 ? UInt64(burned.amount / Int128(transaction.gas)) : 0
  }
}
