import Rollup
import Settlement

// The load over what a part of a rollup can sustain; above one, something grows for as long as it lasts.

extension RollupScenario {
  /// The load over a capacity [1/s]; nil if there is none.
  func utilisation(of capacity: Double?) -> Double? { capacity.map { workload.arrivals.rate / $0 } }
}

extension RollupSubject {
  /// Transactions of the mix per second whose data the settlement chain can sustain.
  var sustainedData: Double? { rollup.sustainedData(on: scenario.settlement) }

  /// Transactions per second that the sequencer puts into blocks.
  var executedRate: Double {
    min(rollup.workload.arrivals.rate, rollup.executionCapacity ?? .infinity)
  }
}
