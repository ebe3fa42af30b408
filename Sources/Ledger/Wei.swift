/// An exact amount of money in wei.
///
/// Arithmetic traps on overflow, beyond 1.7e38 wei.
@frozen
public struct Wei: Hashable, Comparable, Sendable, BitwiseCopyable, AdditiveArithmetic {
  /// The amount [wei]; negative for a debt.
  public var amount: Int128

  /// An amount of `amount` wei.
  @inlinable
  public init(_ amount: Int128) { self.amount = amount }

  /// No money.
  @inlinable
  public static var zero: Wei { Wei(0) }

  /// What `gas` units cost at `price` wei each.
  @inlinable
  public init(gas: UInt64, price: UInt64) { amount = Int128(gas) * Int128(price) }

  /// So many coins of 10¹⁸ wei, rounded to the wei.
  public init(coins: Double) { amount = Int128((coins * 1e18).rounded()) }

  /// Whether `lhs` is less than `rhs`.
  @inlinable
  public static func < (lhs: Wei, rhs: Wei) -> Bool { lhs.amount < rhs.amount }

  /// The sum of two amounts.
  @inlinable
  public static func + (lhs: Wei, rhs: Wei) -> Wei { Wei(lhs.amount + rhs.amount) }

  /// The difference of two amounts.
  @inlinable
  public static func - (lhs: Wei, rhs: Wei) -> Wei { Wei(lhs.amount - rhs.amount) }

  /// The amount as a floating-point number [wei].
  public var asDouble: Double { Double(amount) }

  /// A share of it, rounded to the wei.
  public func scaled(by share: Double) -> Wei { Wei(Int128((asDouble * share).rounded())) }

  /// ⌊part · amount / total⌋ of amounts that are not negative, in 256 bits; zero of nothing.
  public static func share(_ part: Wei, times amount: Wei, over total: Wei) -> Wei {
    guard total > .zero else { return .zero }
    return Wei(
      Int128(UInt128(part.amount).times(UInt128(amount.amount), over: UInt128(total.amount))))
  }
}

extension UInt128 {
  /// ⌊self · factor / divisor⌋, whose product may have 256 bits; the quotient must fit.
  public func times(_ factor: UInt128, over divisor: UInt128) -> UInt128 {
    divisor.dividingFullWidth(multipliedFullWidth(by: factor)).quotient
  }
}
