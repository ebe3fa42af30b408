import EventKernel
import Testing

@testable import Settlement

/// Times in which nothing becomes final.
@Suite struct FinalityStallTests {
  private static let count = 6000

  /// One transaction in front of every slot, on a chain that stalls often.
  private static func run(_ policy: SettlementPolicy) -> [ChainDriver.Slot] {
    ChainDriver.run(
      policy, slots: count, submitting: (0..<count).map { .sample(.data, $0) },
      at: (0..<count).map { .start + .seconds(12 * Int64($0) + 6) }
    ).model.slots
  }

  private static let stalls = IncidentProcess.Policy(
    interval: .seconds(4000), duration: .seconds(1500))

  /// Whether finality stalls at each slot, from the same stream as the chain's.
  private static func stalled(_ slots: [ChainDriver.Slot]) -> [Bool] {
    var process = IncidentProcess(
      stalls, seed: 1, replication: 0, name: "settlement.finality_stalls")
    return slots.map { slot in
      process.advance(to: slot.time)
      return process.isActive
    }
  }

  /// Checks that at each slot that is not stalled everything due is final, and nothing at others.
  ///
  /// - Parameter due: how many transactions would be final at a slot without stalls.
  private static func check(_ policy: SettlementPolicy, due: (Int) -> Int?) {
    let slots = run(policy)
    var final = 0
    var caughtUp = 0
    for (index, (slot, isStalled)) in zip(slots, stalled(slots)).enumerated() {
      let expected = isStalled ? final : max(due(index) ?? final, final)
      #expect(slot.finalised.map(\.transaction.reference) == Array(final..<expected))
      caughtUp = max(caughtUp, expected - final)
      final = expected
    }
    #expect(final > count / 2)
    #expect(caughtUp > 64, "a stall held up more than an epoch")
  }

  /// By epochs: at a boundary, everything up to the checkpoint two epochs before.
  @Test func epochsAreFinalAtTheFirstBoundaryAfterAStall() {
    var policy = SettlementPolicy.ethereum()
    policy.finalityStalls = Self.stalls
    Self.check(policy) { slot in
      slot % 32 == 0 && slot >= 64 ? (slot / 32 - 2) * 32 + 1 : nil
    }
  }

  /// By confirmations: at the first block after a stall, all those on which ten blocks stand.
  @Test func confirmedBlocksAreFinalAtTheFirstBlockAfterAStall() {
    var policy = SettlementPolicy.ethereum()
    policy.finality = .confirmations
    policy.confirmations = 10
    policy.finalityStalls = Self.stalls
    Self.check(policy) { slot in max(slot - 9, 0) }
  }

  /// Stalls take nothing from inclusion.
  @Test func inclusionGoesOn() {
    var policy = SettlementPolicy.ethereum()
    policy.finalityStalls = Self.stalls
    let slots = Self.run(policy)
    #expect(slots.allSatisfy { $0.receipts.count == 1 })
  }
}
