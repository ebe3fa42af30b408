/// The price of layer 2 gas from backlogs of gas, in the integers of ArbOS.
///
/// Products saturate where they do in the code: e^x stops at a factor of 1.8e11 however large x is. The
/// code keeps prices in 256 bits, and this stops them at 2^64 − 1 wei as well, which only that factor on
/// a floor of 0.1 gwei or more reaches.
/// Source: OffchainLabs/nitro, `arbos/l2pricing/model.go` (`updatePricingModelLegacy`,
/// `updatePricingModelSingleConstraints`) and `util/arbmath/math.go` (`ApproxExpBasisPoints`).
public enum ArbOSPrice {
  /// One, in basis points.
  static let one: UInt64 = 10_000

  /// e^x by the terms of its series up to the fourth, which are 5 % too few at x = 2.
  ///
  /// - Parameter exponent: x [basis points].
  /// - Returns: e^x [basis points].
  public static func exponential(_ exponent: UInt64) -> UInt64 {
    var sum = one + exponent / 4
    for term in [3, 2, 1] as [UInt64] {
      sum = one + saturating(sum, times: exponent) / (term * one)
    }
    return sum
  }

  /// What a backlog at a target adds to the exponent.
  ///
  /// - Parameters:
  ///   - backlog: gas above the target that has gathered [gas].
  ///   - tolerance: of the policy [s].
  /// - Returns: its part of x [basis points].
  static func exponent(ofBacklog backlog: UInt64, at target: GasTarget, tolerance: UInt64) -> UInt64
  {
    let tolerated = saturating(tolerance, times: target.gasPerSecond)
    guard backlog > tolerated else { return 0 }
    let excess = saturating(backlog - tolerated, times: one)
    return signed(excess)
      / signed(saturating(UInt64(target.window.wholeSeconds), times: target.gasPerSecond))
  }

  /// The sum of two exponents.
  static func sum(_ exponent: UInt64, _ other: UInt64) -> UInt64 { signed(exponent + other) }

  /// The price at an exponent.
  ///
  /// - Parameters:
  ///   - exponent: x [basis points].
  ///   - floor: the least price [wei per gas].
  /// - Returns: floor · e^x [wei per gas], rounded down.
  public static func price(exponent: UInt64, floor: UInt64) -> UInt64 {
    let price = UInt128(floor) * UInt128(exponential(exponent)) / UInt128(one)
    return UInt64(clamping: price)
  }

  static func saturating(_ number: UInt64, times other: UInt64) -> UInt64 {
    let (product, overflows) = number.multipliedReportingOverflow(by: other)
    return overflows ? .max : product
  }

  /// Basis points are signed in the code, so they end at 2^63 − 1.
  private static func signed(_ number: UInt64) -> UInt64 { min(number, UInt64(Int64.max)) }
}
