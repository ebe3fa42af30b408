import Ledger
import Testing

/// Money is entered twice and compared to the wei.
@Suite struct LedgerTests {
  @Test func balancedEntriesPass() throws {
    var ledger = Ledger()
    try ledger.audit()
    ledger.debit(.rollupOperator, Wei(70), for: .data)
    ledger.credit(.burnedBaseFees, Wei(50), for: .data)
    ledger.credit(.slotProposers, Wei(20), for: .data)
    ledger.debit(.users, Wei(100), for: .layer2Fees)
    ledger.credit(.rollupOperator, Wei(100), for: .layer2Fees)
    try ledger.audit()
    #expect(ledger.balance(of: .rollupOperator) == Wei(30))
    #expect(ledger.balance(of: .users) == Wei(-100))
    #expect(ledger.total(.data) == Wei(70))
    let sum = Account.allCases.reduce(Wei.zero) { $0 + ledger.balance(of: $1) }
    #expect(sum == .zero)
  }

  @Test(arguments: Purpose.allCases)
  func aMissingCreditNamesItsPurpose(_ purpose: Purpose) {
    var ledger = Ledger()
    ledger.debit(.rollupOperator, Wei(5), for: purpose)
    #expect(throws: Ledger.Imbalance.self) { try ledger.audit() }
    let imbalance = #expect(throws: Ledger.Imbalance.self) { try ledger.audit() }
    #expect(imbalance?.purpose == purpose)
    #expect(imbalance?.paid == Wei(5) && imbalance?.received == .zero)
    #expect(imbalance?.description.contains("\(purpose)") == true)
  }

  @Test(arguments: Purpose.allCases)
  func aMissingDebitNamesItsPurpose(_ purpose: Purpose) {
    var ledger = Ledger()
    ledger.credit(.machineOwners, Wei(5), for: purpose)
    let imbalance = #expect(throws: Ledger.Imbalance.self) { try ledger.audit() }
    #expect(imbalance?.purpose == purpose)
    #expect(imbalance?.paid == .zero && imbalance?.received == Wei(5))
  }

  /// Two purposes that are off by opposite amounts must not make up for each other.
  @Test func imbalancesOfTwoPurposesDoNotCancel() {
    var ledger = Ledger()
    ledger.debit(.rollupOperator, Wei(7), for: .proof)
    ledger.credit(.machineOwners, Wei(7), for: .prover)
    #expect(throws: Ledger.Imbalance.self) { try ledger.audit() }
  }

  @Test func oneWeiShows() {
    var ledger = Ledger()
    let large = Wei(gas: .max, price: .max >> 1)
    ledger.debit(.users, large, for: .state)
    ledger.credit(.slotProposers, large - Wei(1), for: .state)
    #expect(throws: Ledger.Imbalance.self) { try ledger.audit() }
  }

  @Test func negativeEntriesTrap() async {
    await #expect(processExitsWith: .failure) {
      var ledger = Ledger()
      ledger.debit(.users, Wei(-1), for: .data)
    }
    await #expect(processExitsWith: .failure) {
      var ledger = Ledger()
      ledger.credit(.users, Wei(-1), for: .data)
    }
  }

  @Test func amountsAreExactProducts() {
    #expect(Wei(gas: 21_000, price: 1_000_000_007).amount == 21_000_000_147_000)
    #expect(Wei(gas: .max, price: 1 << 62).amount == Int128(UInt64.max) << 62)
    #expect(Wei(3) - Wei(5) == Wei(-2) && Wei(-2) < .zero)
  }
}
