import Declarations
import EventKernel
import Ledger

/// Who runs a rollup, as a business: what he pays all the time, what he gives away of fees, and how much cash he has.
///
/// What is posted, proved and earned is paid where it happens; the ledger has it all.
public struct Operator: Sendable {
  /// What a scenario says about the business of a rollup.
  public struct Policy: Hashable, Sendable {
    /// Rent of machines that are neither provers nor of those, such as nodes [USD/h].
    public var nodesUSDPerHour = 0.0
    /// Money that stakes, bonds and deposits hold [USD].
    public var lockedUSD = 0.0
    /// What a dollar so held costs a year.
    public var capitalRate = 0.0
    /// Share of fees for layer 2 gas that is destroyed.
    public var burned = 0.0
    /// Share of them that goes to others.
    public var shared = 0.0
    /// Cash at the start: who has less than nothing left stops for good; zero for without end [USD].
    public var cashUSD = 0.0

    /// Who has no costs of his own and cash without end.
    public static let baseCase = Policy()
    /// Hours of a year of 365 days.
    static let hoursPerYear = 8760.0

    /// What is paid all the time [USD/h].
    var usdPerHour: Double { nodesUSDPerHour + capitalUSDPerHour }
    /// The part of it that is for money held.
    var capitalUSDPerHour: Double { lockedUSD * capitalRate / Self.hoursPerYear }
    /// Whether anything is paid all the time.
    public var hasRent: Bool { usdPerHour > 0 }
    /// Whether fees are given away.
    public var givesAway: Bool { burned > 0 || shared > 0 }
    /// Whether he can fail.
    public var canFail: Bool { cashUSD > 0 }
  }

  /// What the scenario says.
  public let policy: Policy
  private let usdPerEther: Double
  private var paidThrough = SimTime.start
  private var paid: (nodes: Wei, capital: Wei) = (.zero, .zero)
  /// When there was no cash left; nil while there is.
  public private(set) var failedAt: SimTime?

  /// A business that begins.
  public init(_ policy: Policy, usdPerEther: Double) {
    self.policy = policy
    self.usdPerEther = usdPerEther
  }

  /// What has come due since the last time.
  ///
  /// Who has failed rents nothing more. Reckoned from the start, so that it is the same however often it is asked for.
  public mutating func rent(through now: SimTime) -> (nodes: Wei, capital: Wei) {
    paidThrough = max(paidThrough, min(now, failedAt ?? now))
    let due = (
      nodes: due(policy.nodesUSDPerHour), capital: due(policy.capitalUSDPerHour)
    )
    defer { paid = due }
    return (due.nodes - paid.nodes, due.capital - paid.capital)
  }

  private func due(_ usdPerHour: Double) -> Wei {
    Wei(coins: usdPerHour * (paidThrough - .start).seconds / 3600 / usdPerEther)
  }

  /// Looks at what he has earned so far less what he has paid.
  ///
  /// - Returns: whether he has failed just now.
  public mutating func look(at balance: Wei, _ now: SimTime) -> Bool {
    guard policy.canFail, failedAt == nil,
      balance.asDouble / 1e18 * usdPerEther + policy.cashUSD < 0
    else { return false }
    failedAt = now
    return true
  }
}

extension Operator.Policy {
  /// What a scenario can say about the business of a rollup.
  public static let parameters: [PartParameter<Self>] = [
    .number(
      "nodes", .usdPerHour, \.nodesUSDPerHour, "Rent of machines other than provers, all the time.",
      affects: [.profit]
    ).titled("Rent of nodes"),
    .number(
      "locked", .usd, \.lockedUSD, "Money that stakes, bonds and deposits hold.",
      affects: [.profit]
    ).titled("Capital locked"),
    .number(
      "capital_rate", .number, \.capitalRate, "What a dollar so held costs a year.",
      affects: [.profit]
    ).titled("Cost of capital a year").used { $0.lockedUSD > 0 },
    .number(
      "burned", .share, \.burned, "Share of fees for layer 2 gas that is destroyed.",
      affects: [.profit]
    ).titled("Share of fees burned"),
    .number(
      "shared", .share, \.shared, "Share of fees for layer 2 gas that goes to others.",
      affects: [.profit]
    ).titled("Share of fees given away"),
    .number(
      "cash", .usd, \.cashUSD,
      "Cash at the start: an operator who has less than nothing left stops for good; 0 for cash without end."
    ).titled("Cash of the operator"),
  ]

  /// States what holds of any business.
  public func check(_ expect: inout Expectations) {
    expect((0...1e9).contains(nodesUSDPerHour), "nodes", "expected at most 1e9 USD/h")
    expect((0...1e13).contains(lockedUSD), "locked", "expected at most 1e13 USD")
    expect((0...100).contains(capitalRate), "capital_rate", "expected from 0 to 100 a year")
    expect((0...1).contains(burned), "burned", "expected a share from 0 to 1")
    expect((0...1).contains(shared), "shared", "expected a share from 0 to 1")
    expect(burned + shared <= 1, ["burned", "shared"], "expected no more than all of it")
    expect((0...1e13).contains(cashUSD), "cash", "expected at most 1e13 USD")
  }
}
