import Rollup
import Settlement

/// How much each resource could carry, from the scenario alone: mean values, no randomness.
extension Scenario {
  /// Bytes of blob space that one blob pays for.
  static var bytesPaidPerBlob: Double { Double(BlobFeeRule.gasPerBlob) }

  /// Transactions of the mix per second that fit into layer 2 blocks; nil without a block interval.
  var executionCapacity: Double? { executionCapacity(gas: workload.mean(of: \.gas)) }

  /// The same for transactions of the smallest class of the mix.
  var claimedCapacity: Double? {
    let used = zip(workload.mix, workload.profiles).filter { $0.0 > 0 }
    return used.map(\.1.gas.mean).min().flatMap { executionCapacity(gas: $0) }
  }

  private func executionCapacity(gas: Double) -> Double? {
    guard sequencer.sealing == .interval else { return nil }
    let byGas = Double(sequencer.blockGasLimit) / gas
    return min(byGas, Double(sequencer.blockTransactionLimit)) / sequencer.blockInterval.seconds
  }

  /// Transactions of the mix per second whose data fits into settlement blocks that are otherwise
  /// empty.
  var dataCapacity: Double {
    let bytesPerTransaction = workload.mean(of: \.bytes) * poster.compressionRatio
    let bytesPerSlot: Double
    switch poster.carrier {
    case .blobs:
      bytesPerSlot = Double(settlement.blobFee.limit * poster.bytesPerBlob)
    case .calldata:
      let gas = dataGas(calldataBytes: poster.calldataPerTransaction)
      bytesPerSlot = Double(settlement.gasLimit / gas * poster.calldataPerTransaction)
    }
    return bytesPerSlot / bytesPerTransaction / settlement.slot.seconds
  }
}

extension RunSummary {
  /// Transactions of the mix per second that the provers can prove at the batch size of the run.
  var provingCapacity: Double? {
    guard isValidity, let batchSize = record.batchSize.meanIfAny else { return nil }
    let work = scenario.workload.mean(of: \.proverWork) * batchSize
    let seconds = scenario.prover.proofTime.mean + scenario.prover.proofTimePerWork.seconds * work
    return seconds > 0 ? Double(scenario.prover.provers) * batchSize / seconds : nil
  }
}
