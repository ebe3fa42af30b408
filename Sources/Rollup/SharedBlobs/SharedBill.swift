import Ledger

/// How rollups split what a transaction cost that has data of all of them.
public enum BlobSplit: String, CaseIterable, Sendable {
  /// By bytes.
  case bytes
  /// Each rollup the same.
  case equal
  /// Each rollup saves the same against what its own blobs would have cost: the Nash bargaining solution where
  /// the alternative of each is to post the same data alone.
  ///
  /// Source: Nash, "The Bargaining Problem", Econometrica 18, 1950; the alternative as in Crapis, Felten and
  /// Mamageishvili, arXiv 2310.01155.
  case savings
}

/// What a transaction cost that rollups share.
public struct SharedBill: Sendable {
  /// All of it.
  public let total: Wei
  /// Price of its gas [wei].
  let gasPrice: UInt64
  /// Price of one of its blobs.
  let blobPrice: Wei

  /// What a piece has of it.
  public struct Part: Sendable {
    /// What it pays.
    public let amount: Wei
    /// What it would have had of the cost of its batch in blobs of its own, in the same block.
    public let alone: Wei
  }

  /// What a transaction cost, at these prices.
  public init(total: Wei, gasPrice: UInt64, blobPrice: Wei) {
    self.total = total
    self.gasPrice = gasPrice
    self.blobPrice = blobPrice
  }

  /// What each piece pays: the amounts add up to the wei.
  func split(among pieces: [SharedPiece], by rule: BlobSplit) -> [Part] {
    let alone = pieces.map(costAlone)
    let weights = weights(of: pieces, alone: alone, by: rule)
    let all = weights.reduce(0, +)
    // Sums from the first piece on are rounded down.
    var (sum, paid) = (Int128(0), Wei.zero)
    return zip(weights, alone).map { weight, alone in
      sum += weight
      let through = all > 0 ? Wei.share(total, times: Wei(sum), over: Wei(all)) : .zero
      defer { paid = through }
      return Part(amount: through - paid, alone: alone)
    }
  }

  /// What a piece would have had of the cost of its batch in a transaction of its own.
  private func costAlone(_ piece: SharedPiece) -> Wei {
    Wei(gas: piece.gasAlone, price: gasPrice)
      + Wei(Int128(piece.blobsAlone) * blobPrice.amount)
  }

  /// What weights are multiplied by, so that parts by bytes lose nothing that matters.
  private static let scale: Int128 = 1_000_000_000

  /// In what proportion pieces pay.
  private func weights(
    of pieces: [SharedPiece], alone: [Wei], by rule: BlobSplit
  ) -> [Int128] {
    guard rule != .bytes else { return pieces.map { Int128($0.bytes) } }
    var rollups: [RollupID] = []
    for piece in pieces where !rollups.contains(piece.data.rollup) {
      rollups.append(piece.data.rollup)
    }
    let count = Int128(rollups.count)
    var weights = [Int128](repeating: 0, count: pieces.count)
    let saved = alone.reduce(.zero, +).amount - total.amount
    for rollup in rollups {
      let places = pieces.indices.filter { pieces[$0].data.rollup == rollup }
      let alone = places.reduce(0) { $0 + alone[$1].amount }
      let whole = (rule == .equal ? total.amount : count * alone - saved) * Self.scale
      let bytes = places.reduce(0) { $0 + Int128(pieces[$1].bytes) }
      for place in places { weights[place] = whole / bytes * Int128(pieces[place].bytes) }
    }
    // Where somebody would be paid for being there, the parts are those of what each costs alone.
    return weights.allSatisfy { $0 >= 0 } ? weights : alone.map(\.amount)
  }
}

/// What was paid for shared blobs, beside what the same data would have cost in blobs of its own.
struct SharedSaving: Sendable {
  private var paid = Wei.zero
  private var alone = Wei.zero

  static let meaning =
    "Part that sharing saves of what the data would have cost in blobs of its own, at the same fees."

  /// The part that was saved; nil of nothing.
  var share: Double? { alone > .zero ? 1 - paid.asDouble / alone.asDouble : nil }

  mutating func add(paid: Wei, alone: Wei) {
    self.paid += paid
    self.alone += alone
  }
}
