import EventKernel
import Ledger
import Settlement
import Worlds

/// A settlement chain alone, with nobody but the others on it.
struct SlotModel: EventHandling, ~Copyable {
  enum Event: CarriesSettlementEvents {
    case settlement(SettlementEvent)

    var phase: UInt8 { 0 }
    var code: UInt64 { 0 }
  }

  var chain: SettlementChain
  /// Sum over all slots of both base fees [wei per gas and blob gas].
  var feeSum = Wei.zero

  mutating func handle(_ event: Event, _ scheduler: inout Scheduler<Event>) {
    switch event {
    case .settlement(let event):
      _ = chain.handle(event, &scheduler)
      feeSum += Wei(gas: 1, price: chain.baseFee) + Wei(gas: 1, price: chain.blobBaseFee)
    }
  }
}

/// Runs `slots` slots of Ethereum at Pectra and prints the rate and the mean sum of the two base
/// fees [gwei].
func benchmarkSlots(_ slots: UInt64) {
  _ = run(slots: 1000)  // start-up: lazy globals, first page faults
  let start = cpuSeconds()
  let simulation = run(slots: slots)
  precondition(!simulation.model.chain.feeOverflow, "a fee left the range of 64 bits")
  report(
    workload: "slots", pending: 0, count: slots, seconds: cpuSeconds() - start,
    check: simulation.model.feeSum.asDouble / Double(slots) / 1e9)
}

/// A simulation after so many slots.
private func run(slots: UInt64) -> Simulation<SlotModel> {
  // What the preset `ethereum-pectra` says, with the demand processes of the base case.
  var policy = Scenario.baseCase.settlement
  policy.gasLimit = 36_000_000
  policy.initialBaseFee = 2_000_000_000
  policy.demand.referenceFee = 2_000_000_000
  policy.blobFee.target = 6
  policy.blobFee.limit = 9
  policy.blobFee.updateFraction = 5_007_716
  var simulation = Simulation(
    SlotModel(chain: SettlementChain(policy, seed: 1, replication: 0)))
  simulation.model.chain.start(&simulation.scheduler)
  simulation.run(events: slots)
  return simulation
}
