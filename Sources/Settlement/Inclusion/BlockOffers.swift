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

/// What is offered for one block: the highest tip goes first.
struct BlockOffers {
  private struct Ranked {
    let offer: BlockOffer
    let tip: UInt64
    /// Gas of it and of those before it.
    let gasThrough: UInt64
  }

  private var offered: [BlockOffer] = []
  private var ranked: [Ranked] = []
  /// How many of them the block has considered.
  private var considered = 0

  mutating func add(_ offers: [BlockOffer]) { offered += offers }

  /// Ranks them by what proposers get at a base fee; of equal ones the first that was added goes first.
  mutating func beginBlock(baseFee: UInt64) {
    guard !offered.isEmpty else { return }
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

  /// The best one that the block has yet to consider.
  var next: BlockOffer? { considered < ranked.count ? ranked[considered].offer : nil }

  /// Goes on to the one behind `next`.
  mutating func removeNext() { considered += 1 }

  /// Gas of those that tip more per gas, and that the block has yet to consider.
  func gas(tippingAbove tip: UInt64) -> UInt64 {
    var (low, high) = (considered, ranked.count)
    while low < high {
      let middle = (low + high) / 2
      if ranked[middle].tip > tip { low = middle + 1 } else { high = middle }
    }
    guard low > considered else { return 0 }
    return ranked[low - 1].gasThrough - (considered > 0 ? ranked[considered - 1].gasThrough : 0)
  }

  /// Forgets them: their slot is over.
  mutating func endSlot() {
    guard !offered.isEmpty else { return }
    (offered, ranked, considered) = ([], [], 0)
  }
}
