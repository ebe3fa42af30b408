import Declarations
import Rollup

// What those pay who send transactions to do harm.

extension JourneyMeasures {
  /// The price of an attack, in the whole run.
  static let attacks: [JourneyMeasure] =
    [
      JourneyMeasure(
        .attack, "fee_wei", title: "Fees of attacks", unit: "wei",
        rests: .journey(through: "sequencer", also: ["fees"]),
        "What transactions of the class attack pay for layer 2 gas, over the whole run."
      ) { $1.record.fees.paidByAttacks.asDouble },
      JourneyMeasure(
        .attack, "fee_usd", title: "Fees of attacks", unit: "USD",
        rests: .journey(through: "sequencer", also: ["fees", "prices"]),
        "The same in USD."
      ) { $1.record.fees.paidByAttacks.asDouble / 1e18 * $0.scenario.usdPerEther },
    ].applies(when: \.rollup.workload.hasAttack)
}
