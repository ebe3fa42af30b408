import Foundation
import Ledger

/// Money that is paid out before it comes in: what there is, what is lent, what is lost, and what lending costs.
public struct LiquidityPool: Sendable {
  /// What providers have put in.
  let capital: Wei
  /// What is paid out, or promised, and has not come in.
  public private(set) var lent = Wei.zero
  /// What will not come in.
  public private(set) var lost = Wei.zero

  init(coins: Double) { capital = Wei(coins: coins) }

  /// What can be lent.
  var free: Wei { capital - lent - lost }

  /// The share of capital that is lent or lost; 1 where there is none.
  var utilisation: Double { share(of: lent + lost) }

  /// The same once another amount is lent.
  func utilisation(with amount: Wei) -> Double { min(1, share(of: lent + lost + amount)) }

  private func share(of amount: Wei) -> Double {
    capital > .zero ? amount.asDouble / capital.asDouble : 1
  }

  /// Lends an amount.
  ///
  /// - Returns: whether there is so much.
  mutating func lend(_ amount: Wei) -> Bool {
    guard amount <= free else { return false }
    lent += amount
    return true
  }

  /// Has an amount back.
  mutating func receive(_ amount: Wei) { lent -= amount }

  /// Knows that an amount will not come in.
  mutating func lose(_ amount: Wei) {
    lent -= amount
    lost += amount
  }
}

/// What a loan costs: a share that is always the same, and interest that rises with the use of the pool.
///
/// The interest is that of Across: R(u) = R0 + min(u, U)/U · R1 + max(0, u − U)/(1 − U) · R2 a year. A loan pays the
/// mean of it between the use before and after, for its term, at compound interest of a year of 52 weeks (UMA,
/// UMIP-136; across-protocol/sdk `lpFeeCalculator.ts`).
public struct LiquidityFee: Hashable, Sendable {
  /// The share that is always the same.
  public var flat = 0.0
  /// Use of the pool above which interest rises faster: U.
  public var kink = 0.75
  /// Interest a year of a pool that is not used: R0.
  public var base = 0.05
  /// By how much it rises until the kink: R1.
  public var slopeBelow = 0.0
  /// By how much from there to full use: R2.
  public var slopeAbove = 0.6
  /// For how long interest is paid.
  public var weeks = 1.0

  /// That of Across in its example for ether of 2022 (UMIP-157).
  public init() {}

  /// Interest a year, at a use of the pool.
  func interest(at use: Double) -> Double {
    let below = kink > 0 ? min(use, kink) / kink * slopeBelow : slopeBelow
    let above = kink < 1 ? max(0, use - kink) / (1 - kink) * slopeAbove : 0
    return base + below + above
  }

  /// Mean interest a year between two uses of the pool: of straight lines, by their middles.
  public func meanInterest(from before: Double, to after: Double) -> Double {
    guard after > before else { return interest(at: before) }
    let edges = [before, min(max(kink, before), after), after]
    let sum = zip(edges, edges.dropFirst()).reduce(0.0) { sum, edge in
      sum + (edge.1 - edge.0) * interest(at: (edge.0 + edge.1) / 2)
    }
    return sum / (after - before)
  }

  /// The share of an amount that lending it costs.
  public func share(from before: Double, to after: Double) -> Double {
    flat + expm1(log1p(meanInterest(from: before, to: after)) * weeks / 52)
  }
}
