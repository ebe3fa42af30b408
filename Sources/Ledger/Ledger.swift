/// Who holds money in a run.
public enum Account: Int, CaseIterable, Sendable {
  /// Everybody who sends transactions to the rollup.
  case users
  /// Who runs the rollup: earns its fees and pays for settlement and machines.
  case rollupOperator
  /// Other rollups on the same settlement chain.
  case neighbours
  /// Base fees that EIP-1559 destroys.
  case burnedBaseFees
  /// Blob fees that EIP-4844 destroys.
  case burnedBlobFees
  /// Tips of those who propose settlement blocks.
  case slotProposers
  /// Who rents out machines, and lines to them.
  case machineOwners
  /// The operator of the rollup that this one settles on.
  case host
  /// Rollups that settle on this one.
  case guests
  /// A chain that keeps the data of this rollup.
  case dataLayer
  /// Who says that claims of this rollup are wrong.
  case challengers
  /// Who verifies proofs of this rollup for a fee.
  case aggregators
  /// Who makes wrong claims, or contests right ones.
  case attackers
  /// Stakes that a contract destroys.
  case burnedStakes
  /// Who pays withdrawals out before the bridge does.
  case liquidityProviders
  /// Who competes for opportunities on the rollup.
  case searchers
  /// Who makes blocks, where that is not the operator.
  case sequencers
  /// What was bid for slots and is destroyed, or can be taken by nobody.
  case burnedBids
  /// What is given away of bids for slots.
  case donations
  /// What users have paid for data and nobody has had yet.
  case dataFeePool
  /// Fees for layer 2 gas that are destroyed.
  case burnedFees
  /// Who has a share in such fees.
  case sharers
  /// Who lends what stakes and bonds hold.
  case lenders
  /// Who trades in the token of the rollup.
  case tokenMarket
}

/// What money is paid for.
public enum Purpose: Int, CaseIterable, Sendable {
  /// Fees that users pay for layer 2 gas.
  case layer2Fees
  /// Publishing transaction data.
  case data
  /// Claims about the state: assertions and output roots.
  case state
  /// Verifying validity proofs on the settlement chain.
  case proof
  /// Machines that make proofs.
  case prover
  /// Data of other rollups.
  case neighbourData
  /// What users send to the host: deposits, withdrawals, messages and exits.
  case deposit
  /// Saying that a claim about the state is wrong, and answering.
  case dispute
  /// Stakes that are lost.
  case stake
  /// Paying withdrawals out before the bridge does, and what was paid out for nothing.
  case fastExit
  /// Coming into blocks before others: tips, bids, the express lane.
  case ordering
  /// What searchers take from users of a rollup.
  case opportunity
  /// Being faster than others.
  case speed
  /// The right to make blocks, and rewards for making them.
  case sequencing
  /// Replacing contracts, and keeping others from it.
  case upgrade
  /// Fees that users pay for data beside gas, and premiums.
  case dataFees
  /// Machines that are not provers.
  case nodes
  /// Money that stakes and bonds hold.
  case capital
  /// What others have of fees for layer 2 gas.
  case shares
  /// What tokens that were taken for gas are sold for beyond what users paid, or below it.
  case exchange
}

/// The double-entry account of one run.
///
/// Every payment is entered twice, by who pays and by who receives, from figures that are computed
/// apart from each other; `audit` compares them to the wei.
public struct Ledger: Sendable {
  // In place, since money moves with each block, and an array would be asked each time whether it is shared.
  private var balances = InlineArray<24, Wei>(repeating: .zero)
  private var debits = InlineArray<20, Wei>(repeating: .zero)
  private var credits = InlineArray<20, Wei>(repeating: .zero)
  /// What came to the operator and went from him, apart from his balance.
  public private(set) var operatorFlows = OperatorFlows()
  /// The least that he held more than at the start, at any time; at most nothing.
  public private(set) var operatorLowest = Wei.zero

  /// An account in which nothing has been paid.
  public init() {}

  /// Enters that `account` paid `amount` for `purpose`.
  public mutating func debit(_ account: Account, _ amount: Wei, for purpose: Purpose) {
    precondition(amount >= .zero, "a negative debit")
    balances[account.rawValue] -= amount
    debits[purpose.rawValue] += amount
    guard account == .rollupOperator else { return }
    operatorFlows.costs[purpose] += amount
    operatorLowest = min(operatorLowest, balances[account.rawValue])
  }

  /// Enters that `account` received `amount` for `purpose`.
  public mutating func credit(_ account: Account, _ amount: Wei, for purpose: Purpose) {
    precondition(amount >= .zero, "a negative credit")
    balances[account.rawValue] += amount
    credits[purpose.rawValue] += amount
    if account == .rollupOperator { operatorFlows.income[purpose] += amount }
  }

  /// What `account` holds more than at the start of the run.
  public func balance(of account: Account) -> Wei { balances[account.rawValue] }

  /// What was paid for `purpose`.
  public func total(_ purpose: Purpose) -> Wei { debits[purpose.rawValue] }

  /// Checks that the run balances to the wei.
  ///
  /// What the operator holds is what came in for each purpose less what went out.
  ///
  /// - Throws: `Imbalance` naming the first purpose whose two sides differ.
  public func audit() throws(Imbalance) {
    for purpose in Purpose.allCases
    where debits[purpose.rawValue] != credits[purpose.rawValue] {
      throw Imbalance(
        purpose: purpose, paid: debits[purpose.rawValue], received: credits[purpose.rawValue])
    }
    precondition(
      operatorFlows.profit == balance(of: .rollupOperator),
      "a profit that is not the sum of its parts")
  }

  /// The two sides of a purpose differ.
  public struct Imbalance: Error, Equatable, CustomStringConvertible {
    /// What the payments were for.
    public let purpose: Purpose
    /// What was paid.
    public let paid: Wei
    /// What was received.
    public let received: Wei

    /// The imbalance in words.
    public var description: String {
      "the ledger does not balance: for \(purpose), \(paid.amount) wei were paid and "
        + "\(received.amount) wei received"
    }
  }
}
