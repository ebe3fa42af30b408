import Ledger

/// Whether the carrier of data is always the same.
public enum CarrierChoice: String, CaseIterable, Sendable {
  /// It is the policy's.
  case fixed
  /// The one that costs less at the fees that the next block charges, once it does so by a margin.
  ///
  /// Who has little data buys most of a blob for nothing, who has much data fills it: blobs win from some rate
  /// on (Crapis, Felten & Mamageishvili 2023, arXiv 2310.01155). Without a margin a poster near the point at
  /// which both cost the same would change with every block.
  case cheaper
}

/// What the data of one batch would cost.
public struct CarrierCosts: Hashable, Sendable {
  /// In calldata.
  public var calldata: Wei
  /// In blobs.
  public var blobs: Wei

  /// Costs at the same fees.
  public init(calldata: Wei, blobs: Wei) {
    self.calldata = calldata
    self.blobs = blobs
  }

  /// The carrier to take after one: the other only if it costs less than this by the margin.
  ///
  /// - Parameter margin: a share of what the other costs.
  public func choice(after current: DataCarrier, margin: Double) -> DataCarrier {
    let (own, other) = current == .calldata ? (calldata, blobs) : (blobs, calldata)
    guard other.asDouble * (1 + margin) < own.asDouble else { return current }
    return current == .calldata ? .blobs : .calldata
  }
}
