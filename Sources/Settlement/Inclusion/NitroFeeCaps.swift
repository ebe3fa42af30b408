import EventKernel

/// What Nitro's data poster bids for a transaction.
///
/// It bounds what the transaction costs, as if its blobs were calldata, and divides that bound between
/// execution and blobs in proportion to what they cost now. Source: Nitro,
/// `arbnode/dataposter/data_poster.go`, `feeAndTipCaps` and `replaceTx`, with the default settings; the
/// balance of the sender, which can bound the bid as well, is taken to suffice.
public struct NitroFeeCaps: Hashable, Sendable {
  /// Most per gas, base fee and tip together [wei].
  public let feeCap: UInt64
  /// Most that goes to the proposer per gas [wei].
  public let tip: UInt64
  /// Most per unit of blob gas [wei]; without a meaning where there are no blobs.
  public let blobFeeCap: UInt64

  /// What a bid follows from.
  public struct Basis: Hashable, Sendable {
    /// Gas that the transaction uses.
    public var gas: UInt64
    /// Blobs that it carries.
    public var blobs: UInt64
    /// Tip of a bid that replaces none [wei per gas].
    public var tip: UInt64
    /// What waits behind it, in blobs, or transactions that carry none.
    public var backlog: Int
    /// Time since its data came into being.
    public var age: SimDuration
    /// Base fee [wei per gas].
    public var baseFee: UInt64
    /// Blob base fee [wei per blob gas].
    public var blobBaseFee: UInt64
    /// How much more than the last bid another has to be [percent].
    public var bump: UInt64

    /// A transaction and the prices that it meets.
    public init(
      gas: UInt64, blobs: UInt64, tip: UInt64, backlog: Int, age: SimDuration, baseFee: UInt64,
      blobBaseFee: UInt64, bump: UInt64
    ) {
      self.gas = gas
      self.blobs = blobs
      self.tip = tip
      self.backlog = backlog
      self.age = age
      self.baseFee = baseFee
      self.blobBaseFee = blobBaseFee
      self.bump = bump
    }
  }

  /// The first bid.
  public init(_ basis: Basis) { self.init(Offer(basis, replacing: nil)) }

  private init(_ offer: Offer) {
    (feeCap, tip, blobFeeCap) = (offer.feeCapInRange, offer.tipInRange, offer.blobFeeCapInRange)
  }

  /// The bid that replaces this one; nil if none is sent, because it would not rise enough or is less
  /// than a block charges now.
  public func replacement(_ basis: Basis) -> NitroFeeCaps? {
    let offer = Offer(basis, replacing: self)
    guard !offer.isNegative, offer.meetsPrices, offer.isRaised(from: self) else { return nil }
    return NitroFeeCaps(offer)
  }

  /// The most per normalised gas: (2q)² + 10·(t / 10 min)² + 60 gwei, at most 10^9 gwei.
  ///
  /// Source: the default of `max-fee-cap-formula`, with q what waits behind the transaction and t the age
  /// of its data. Rounded down to the wei.
  ///
  /// - Returns: the cap [wei per gas].
  public static func perNormalisedGas(backlog: Int, age: SimDuration) -> UInt64 {
    let gwei: UInt128 = 1_000_000_000
    let backlog = UInt128(max(0, min(backlog, 1_000_000))) * 2
    let age = UInt128(max(0, min(age.nanoseconds, SimDuration.days(3650).nanoseconds)))
    let tenMinutes = UInt128(SimDuration.seconds(600).nanoseconds)
    let ageTerm = 10 * age * age / tenMinutes * gwei / tenMinutes
    return UInt64(min(backlog * backlog * gwei + ageTerm + 60 * gwei, 1_000_000_000 * gwei))
  }

  /// Gas for which a blob counts: its 254 bits of each of 4096 field elements as calldata that is not zero
  /// (`blobs.BlobEncodableData`; EIP-2028).
  public static let gasPerBlob: UInt64 = 130_048 * 16
}

/// The arithmetic of a bid, in signed integers: a bound that is less than the last bid asks for leaves a
/// negative rest.
private struct Offer {
  /// Most that a cap can be [wei].
  private static let mostFee: Int128 = 1 << 62
  /// How many times the present price a cap is at most (`max-fee-bid-multiple-bips`).
  private static let mostOfPrice: Int128 = 10

  private var feeCap: Int128
  private var tip: Int128
  private var blobFeeCap: Int128
  private let hasBlobs: Bool
  /// What a block charges now, with the tip.
  private let price: Int128
  private let blobPrice: Int128
  private let bump: Int128

  init(_ basis: NitroFeeCaps.Basis, replacing last: NitroFeeCaps?) {
    hasBlobs = basis.blobs > 0
    bump = Int128(10_000 + 100 * min(basis.bump, 1000))
    let gas = Int128(max(1, min(basis.gas, 1 << 56)))
    let blobs = Int128(min(basis.blobs, 1 << 20))
    let blobGas = blobs * Int128(BlobFeeRule.gasPerBlob)
    tip = Int128(basis.tip)
    if let last { tip = max(tip, Self.raised(last.tip, bump)) }
    price = Int128(basis.baseFee) + tip
    blobPrice = hasBlobs ? Int128(basis.blobBaseFee) : 0
    let cap = NitroFeeCaps.perNormalisedGas(backlog: basis.backlog, age: basis.age)
    let most = Int128(cap) * (gas + blobs * Int128(NitroFeeCaps.gasPerBlob))
    blobFeeCap = Self.share(of: most, blobPrice, outOf: blobPrice * blobGas + price * gas)
    if let last, hasBlobs { blobFeeCap = max(blobFeeCap, Self.raised(last.blobFeeCap, bump)) }
    let rest = most - blobFeeCap * blobGas
    feeCap = rest.flooredQuotient(gas)
    if let last, hasBlobs, !Self.isRise(feeCap, from: last.feeCap, bump) {
      // What execution takes more is taken from the blobs.
      feeCap = Self.raised(last.feeCap, bump)
      blobFeeCap = (most - feeCap * gas).flooredQuotient(blobGas)
    }
    limit(replacing: last)
  }

  /// Nobody bids more than ten times the price, unless a replacement has to.
  private mutating func limit(replacing last: NitroFeeCaps?) {
    var most = Self.mostOfPrice * price
    var mostOfBlobs = Self.mostOfPrice * blobPrice
    if let last {
      most = max(most, Self.raised(last.feeCap, bump))
      mostOfBlobs = max(mostOfBlobs, Self.raised(last.blobFeeCap, bump))
    }
    feeCap = min(feeCap, most)
    blobFeeCap = min(blobFeeCap, mostOfBlobs)
    tip = min(tip, feeCap)
  }

  var isNegative: Bool { feeCap < 0 || tip < 0 || blobFeeCap < 0 }

  /// Whether a block would include it now.
  var meetsPrices: Bool { feeCap >= price && (!hasBlobs || blobFeeCap >= blobPrice) }

  /// Whether every cap is as much higher as nodes ask of a replacement.
  func isRaised(from last: NitroFeeCaps) -> Bool {
    Self.isRise(feeCap, from: last.feeCap, bump)
      && (!hasBlobs || Self.isRise(blobFeeCap, from: last.blobFeeCap, bump))
  }

  // A bid of 0 is one of 1 wei.
  var feeCapInRange: UInt64 { UInt64(min(max(feeCap, 1), Self.mostFee)) }
  var tipInRange: UInt64 { UInt64(min(max(tip, 0), Self.mostFee)) }
  var blobFeeCapInRange: UInt64 { UInt64(min(max(blobFeeCap, 1), Self.mostFee)) }

  /// A price of the last bid with what a replacement asks for, in basis points, rounded down.
  private static func raised(_ price: UInt64, _ bump: Int128) -> Int128 {
    Int128(price) * bump / 10_000
  }

  private static func isRise(_ price: Int128, from last: UInt64, _ bump: Int128) -> Bool {
    last == 0 || (price * 10_000).flooredQuotient(Int128(last)) >= bump
  }

  /// ⌊most·price/whole⌋, the product in full.
  private static func share(of most: Int128, _ price: Int128, outOf whole: Int128) -> Int128 {
    guard whole > 0 else { return 0 }
    let product = UInt128(most).multipliedFullWidth(by: UInt128(price))
    guard product.high < UInt128(whole) else { return mostFee }
    return Int128(min(UInt128(whole).dividingFullWidth(product).quotient, UInt128(mostFee)))
  }
}

extension Int128 {
  /// The quotient by a positive number, rounded down (as `big.Int.Div` has it).
  fileprivate func flooredQuotient(_ divisor: Int128) -> Int128 {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }
}
