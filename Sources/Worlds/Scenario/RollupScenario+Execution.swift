import Declarations
import EventKernel
import Randomness
import Rollup

// How long the machine of the sequencer has for a block, and what follows from that.

extension RollupScenario {
  /// The time in which a block is executed, before `execution.budget`: that until the next one at the earliest.
  var executionInterval: SimDuration {
    sequencer.sealing == .whenFull ? sequencer.shortestInterval : sequencer.blockInterval
  }

  /// Layer 2 gas that can be executed in the time of a block: of one transaction, and of all together at most.
  var executedGasLimits: (transaction: UInt64, block: UInt64) {
    guard execution.happens else { return (.max, .max) }
    let most = execution.mostTransactions(in: executionInterval, ofGas: 1e6) * 1e6
    return (execution.mostTransactionGas(in: executionInterval), UInt64(max(0, min(most, 1e18))))
  }

  /// Layer 2 gas of the largest transaction that has room in a block and is executed in its time.
  var transactionGasLimit: UInt64 {
    min(sequencer.blockGasLimit, executedGasLimits.transaction)
  }

  /// States that blocks have a time in which they can be executed.
  func checkExecution(_ expect: inout Expectations) {
    guard execution.happens else { return }
    expect(
      sequencer.sealing != .perTransaction, ["execution.mode", "sequencer.sealing"],
      "expected unlimited: with a block for each transaction none has a time of its own")
    expect(
      executionInterval <= .hours(1), ["sequencer.block_interval", "execution.mode"],
      "expected at most 1 h where execution takes time")
  }

  /// States that some transactions of each class are executed in the time of a block: others would wait for ever.
  func checkExecuted(_ prefix: String, _ expect: inout Expectations) {
    guard execution.happens else { return }
    let limit = executedGasLimits.transaction
    for kind in TransactionClass.allCases where workload.mix[kind.rawValue] > 0 {
      let least = workload.profiles[kind.rawValue].gas.quantile(0) ?? 0
      expect(
        least < Double(limit) + 0.5,
        [
          "\(prefix)execution.lane_speed", "\(prefix)execution.overhead",
          "\(prefix)execution.budget", "\(prefix)execution.interference",
          "\(prefix)workload.classes.\(kind.name).gas",
        ],
        "expected lanes that execute the \(Int(least)) gas of such a transaction in the time of a block"
      )
    }
  }
}
