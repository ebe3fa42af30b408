import Declarations
import EventKernel
import Ledger

/// What a run remembers of what an operator earned and paid: between the begin and the end of the measured window.
public struct ProfitRecord: Sendable {
  private let days: Double
  private let usdPerEther: Double
  private var begin: OperatorFlows?
  private var end: OperatorFlows?
  /// The least that he had earned less what he had paid, until the window ended.
  private let lowest: Wei
  private let stranded: Int
  private let failedAt: SimTime?

  /// The accounts of a run that has ended.
  public init(
    of book: ProfitBook, stranded: Int, days: Double, usdPerEther: Double, failedAt: SimTime?
  ) {
    (begin, end) = (book.begin, book.end)
    (self.days, self.usdPerEther) = (days, usdPerEther)
    (lowest, self.failedAt, self.stranded) = (book.lowest, failedAt, stranded)
  }

  /// What came in or went out for a purpose in the window [USD/d].
  private func perDay(_ purposes: [Purpose], _ flow: (OperatorFlows, Purpose) -> Wei) -> Double? {
    guard let begin, let end else { return nil }
    let sum = purposes.reduce(Wei.zero) { $0 + flow(end, $1) - flow(begin, $1) }
    return sum.asDouble / 1e18 * usdPerEther / days
  }

  fileprivate func income(_ purposes: [Purpose]) -> Double? { perDay(purposes) { $0.income[$1] } }
  fileprivate func costs(_ purposes: [Purpose]) -> Double? { perDay(purposes) { $0.costs[$1] } }
  fileprivate var profit: Double? {
    perDay(Purpose.allCases) { $0.income[$1] - $0.costs[$1] }
  }

  /// The measures of what an operator earns.
  public static let measures: [PartMeasure<Operator.Policy, ProfitRecord>] =
    incomes + outgoings
    + [
      .init(
        .profit, "usd_per_d", title: "Profit", unit: "USD/d", rests: rests,
        "What the operator earns less what he pays, from the begin to the end of the measured window, over its length. Money "
          + "counts when it is paid: of batches when they are final."
      ) { $1.profit },
      .init(
        .profit, "margin", title: "Profit over income", unit: "1", rests: rests,
        "Profit over what the operator earns."
      ) { _, record in
        guard let profit = record.profit, let income = record.income(Purpose.allCases), income > 0
        else { return nil }
        return profit / income
      },
      .init(
        .profit, "lowest_usd", title: "Working capital", unit: "USD", rests: rests,
        "The most that the operator had paid beyond what he had earned, from the start of the run to the end of the measured "
          + "window. Provers that are rented all the time are paid at its end."
      ) { -$1.lowest.asDouble / 1e18 * $1.usdPerEther },
      .init(
        .profit, "failed_share", title: "Operators who fail", unit: "1", rests: rests,
        "Whether the operator had no cash left and stopped: 1 or 0 in a run."
      ) { $0.canFail ? $1.failedAt == nil ? 0 : 1 : nil },
      .init(
        .profit, "failed_s", title: "Time until an operator fails", unit: "s", rests: rests,
        "When that was, from the start of the run, of those who did."
      ) { $0.canFail ? $1.failedAt.map { ($0 - .start).seconds } : nil },
      .init(
        .profit, "stranded_count", title: "Transactions stranded by operators who fail", unit: "1",
        rests: rests,
        "Measured transactions that wait for an operator who has stopped, and are in no other measure."
      ) { $0.canFail ? Double($1.stranded) : nil },
    ]

  private static func income(
    _ name: String, _ title: String, _ purposes: [Purpose], _ of: String
  ) -> PartMeasure<Operator.Policy, ProfitRecord> {
    .init(
      .profit, "\(name)_usd_per_d", title: title, unit: "USD/d", rests: rests,
      "What the operator earns from \(of), in the measured window."
    ) { $1.income(purposes) }
  }

  private static func cost(
    _ name: String, _ title: String, _ purposes: [Purpose], _ of: String
  ) -> PartMeasure<Operator.Policy, ProfitRecord> {
    .init(
      .profit, "\(name)_usd_per_d", title: title, unit: "USD/d", rests: rests,
      "What the operator pays for \(of), in the measured window."
    ) { $1.costs(purposes) }
  }

  private static let fees: [Purpose] = [.layer2Fees]
  private static let bids: [Purpose] = [.ordering, .opportunity, .sequencing]
  private static let claims: [Purpose] = [.state, .proof]
  // What tokens for gas gain or lose is a part of the profit and a measure of the token.
  private static let ofOthers = Purpose.allCases.filter {
    !(fees + bids + [.dataFees, .exchange]).contains($0)
  }
  private static let forOthers = Purpose.allCases.filter {
    !(claims + [.data, .prover, .nodes, .capital, .shares, .exchange]).contains($0)
  }

  private static let incomes = [
    income("gas_fees", "Income from gas", fees, "layer 2 gas, what he gives back included"),
    income("data_fees", "Income from data", [.dataFees], "fees for data and premiums"),
    income("order", "Income from the order", bids, "bids, tips and the right to make blocks"),
    income("refunds", "Income from others", ofOthers, "guests who pay at cost, and stakes"),
  ]

  private static let outgoings = [
    cost("data", "Cost of data", [.data], "data"),
    cost("claims", "Cost of claims", claims, "claims about the state and proofs of it"),
    cost("prover", "Cost of provers", [.prover], "machines that prove"),
    cost("nodes", "Cost of nodes", [.nodes], "other machines"),
    cost("capital", "Cost of capital", [.capital], "money that is held"),
    cost("shares", "Fees given away", [.shares], "others' shares in fees, burned ones among them"),
    cost(
      "others", "Other costs", forOthers,
      "disputes, stakes, upgrades, rewards of sequencers and fees that he gives back"),
  ]

  private static let rests = PartMeasure<Operator.Policy, ProfitRecord>.Rests.journey(
    through: "prover", also: ["operator", "data_fees", "fees"])
}

/// What came in and went out at the begin and at the end of the measured window.
public struct ProfitBook: Sendable {
  fileprivate var begin: OperatorFlows?
  fileprivate var end: OperatorFlows?
  fileprivate var lowest = Wei.zero

  /// Empty books.
  public init() {}

  /// Notes what has come in and gone out so far, and the least balance.
  public mutating func close(_ flows: OperatorFlows, lowest: Wei, begins: Bool) {
    if begins { begin = flows } else { end = flows }
    self.lowest = lowest
  }
}
