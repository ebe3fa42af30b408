import EventKernel
import Ledger
import Testing

@testable import Rollup
@testable import Worlds

/// Transactions that are sent to do harm.
@Suite struct AttackTests {
  /// A transaction each second of which an attack takes the place of none: two classes of equal weight.
  private func scenario() -> Scenario {
    var scenario = Scenario.clockwork(.sequenceVerify)
    scenario.horizon = .seconds(600)
    let attack = TransactionClass.attack.rawValue
    for kind in scenario.rollup.workload.mix.indices { scenario.rollup.workload.mix[kind] = 0 }
    scenario.rollup.workload.mix[TransactionClass.transfer.rawValue] = 1
    scenario.rollup.workload.mix[attack] = 1
    scenario.rollup.workload.profiles[attack].gas = .constant(1_000_000)
    scenario.rollup.workload.profiles[attack].begins = .seconds(200)
    scenario.rollup.workload.profiles[attack].ends = .seconds(400)
    return scenario
  }

  /// What attackers pay is their gas at the price, in the whole run; what users do is measured alone.
  @Test func attackersPayAndAreNotMeasured() throws {
    let scenario = scenario()
    let result = try scenario.measuredAll()
    let paid = try #require(result["attack_fee_wei"])
    let attacks = paid / (1_000_000 * Double(scenario.rollup.fees.gasPrice))
    // Whole transactions, between 200 and 400 s about every second one: 100, σ 7.
    #expect(attacks == attacks.rounded())
    #expect((60...140).contains(attacks))
    let offered = try #require(result["throughput_offered_tx_per_s"])
    // Users send half of the time; with attackers it would be two thirds of a transaction a second.
    #expect(offered < 0.58)
  }

  /// Proofs of a batch with attacks take as long as their work says, and users wait for them.
  @Test func usersWaitForTheProofsOfAttacks() throws {
    var calm = scenario()
    calm.rollup.prover.proofTime = .constant(0)
    calm.rollup.prover.proofTimePerWork = .seconds(1)
    var attacked = calm
    attacked.rollup.workload.profiles[TransactionClass.attack.rawValue].proverWork = .constant(94)
    let before = try #require(try calm.measured("finality_proven_s_max"))
    let after = try #require(try attacked.measured("finality_proven_s_max"))
    // A batch has four transactions: with one attack it takes 93 s longer, with four 372 s.
    #expect(after - before > 90)
  }

  @Test func cohortsAreRefused() throws {
    var scenario = scenario()
    scenario.rollup.fidelity = .cohort
    scenario.rollup.workload.arrivals = .poisson(rate: 1)
    let error = #expect(throws: InvalidScenario.self) { try scenario.validated() }
    #expect(try #require(error).problems.map(\.path) == ["workload.mix.attack"])
  }
}
