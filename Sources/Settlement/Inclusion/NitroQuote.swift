import EventKernel

/// The bid of Nitro's data poster that stands in the mempool, and when the poster looks at it again.
///
/// It depends on the prices at which it was made, so it is state: unlike other bids it does not follow
/// from the transaction's age.
struct NitroQuote {
  /// Time after which a replacement that was not sent is tried again (`replaceTx`).
  private static let retry = SimDuration.seconds(60)

  private(set) var caps: NitroFeeCaps
  private(set) var replacements = 0
  private(set) var nextLook: SimTime

  /// The first bid for a transaction.
  init(
    _ transaction: SettlementTransaction, at now: SimTime, since: SimTime, backlog: Int,
    _ prices: Prices
  ) {
    caps = NitroFeeCaps(transaction.basis(backlog: backlog, age: now - since, prices))
    nextLook = transaction.bid.firstReplacement(now, blobs: transaction.blobs)
  }

  /// Looks at the bid at all times up to `now` that it was to be looked at, at prices that held since the
  /// last block.
  mutating func look(
    at transaction: SettlementTransaction, until now: SimTime, since: SimTime, backlog: Int,
    _ prices: Prices
  ) {
    while nextLook <= now {
      let instant = nextLook
      let basis = transaction.basis(backlog: backlog, age: instant - since, prices)
      if let next = caps.replacement(basis) {
        caps = next
        replacements += 1
        nextLook = transaction.bid.nextReplacement(
          after: instant, since: since, blobs: transaction.blobs)
      } else {
        nextLook = instant + Self.retry
      }
    }
  }
}

/// What a block charges.
struct Prices {
  /// Base fee [wei per gas].
  let baseFee: UInt64
  /// Blob base fee [wei per blob gas].
  let blobBaseFee: UInt64
}

extension SettlementTransaction {
  /// What Nitro's poster knows of a transaction; who sends claims and proofs has no queue of them
  /// (`DefaultDataPosterConfigForValidator`).
  fileprivate func basis(
    backlog: Int, age: SimDuration, _ prices: Prices
  ) -> NitroFeeCaps.Basis {
    NitroFeeCaps.Basis(
      gas: gas, blobs: blobs, tip: bid.tip, backlog: kind.isData ? backlog : 0, age: age,
      baseFee: prices.baseFee, blobBaseFee: prices.blobBaseFee, bump: bid.bump(blobs: blobs))
  }
}
