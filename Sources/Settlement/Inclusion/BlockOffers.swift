import EventKernel

/// A transaction that its sender offers for one block alone, and anew for the next one: against many others who
/// do, as where everybody wants out.
public struct BlockOffer: Sendable {
  /// The transaction.
  public let transaction: SettlementTransaction
  /// Since when its sender has wanted it.
  public let since: SimTime

  /// An offer of a transaction that was wanted since an instant.
  public init(_ transaction: SettlementTransaction, since: SimTime) {
    self.transaction = transaction
    self.since = since
  }
}

/// What is offered for the next block: the highest tip goes first, before all of ours that bid less.
struct BlockOffers {
  private struct Ranked {
    let offer: BlockOffer
    let tip: UInt64
    /// Gas of it and of those before it.
    let gasThrough: UInt64
  }

  private var offered: [BlockOffer] = []
  private var ranked: [Ranked] = []

  /// Whether there is none.
  var isEmpty: Bool { offered.isEmpty }

  mutating func add(_ offers: [BlockOffer]) { offered += offers }

  /// Ranks them by what proposers get at a base fee; of equal ones the first that was added goes first.
  mutating func beginBlock(baseFee: UInt64) {
    var gas: UInt64 = 0
    ranked =
      offered.filter { $0.transaction.bid.feeCap >= baseFee }
      .map { ($0, min($0.transaction.bid.tip, $0.transaction.bid.feeCap - baseFee)) }
      .sorted { $0.1 > $1.1 }
      .map { offer, tip in
        gas += offer.transaction.gas
        return Ranked(offer: offer, tip: tip, gasThrough: gas)
      }
  }

  /// Gas of those that tip more per gas.
  func gas(tippingAbove tip: UInt64) -> UInt64 {
    guard !ranked.isEmpty else { return 0 }
    var (low, high) = (0, ranked.count)
    while low < high {
      let middle = (low + high) / 2
      if ranked[middle].tip > tip { low = middle + 1 } else { high = middle }
    }
    return low > 0 ? ranked[low - 1].gasThrough : 0
  }

  /// Ends the block.
  ///
  /// - Returns: what was ranked, in order.
  mutating func take() -> [BlockOffer] {
    defer { (offered, ranked) = ([], []) }
    return ranked.map(\.offer)
  }
}
