import EventKernel
import Randomness
import Rollup
import Settlement

/// How much each resource could carry at a moment, from the scenario alone: mean values, no randomness.
///
/// What can go on for ever is less: `SustainedCapacity.swift`.
extension RollupScenario {
  /// Transactions of the mix per second that fit into layer 2 blocks; nil without a block interval.
  ///
  /// Larger ones than a block are dropped, so only what fits counts. Where execution takes time, what lanes execute if
  /// no transactions conflict.
  var executionCapacity: Double? {
    executionCapacity(gas: fittingGas)
  }

  /// Layer 2 gas of a transaction of the mix that a block has room for.
  var fittingGas: Double { workload.mean(of: \.gas, upTo: Double(transactionGasLimit)) }

  /// Bytes, before compression, of a transaction of the mix that a batch has room for.
  var fittingBytes: Double { workload.mean(of: \.bytes, upTo: Double(rawBytesLimit)) }

  /// Bytes that a transaction of the mix publishes in a full batch.
  var publishedBytesPerTransaction: Double {
    switch poster.format {
    case .transactions:
      let bytes = fittingBytes
      let mean = workload.mean(of: \.bytes)
      let fixed = mean > 0 ? workload.average { $0.incompressible * $0.bytes.mean } / mean : 0
      return bytes * (fixed + (1 - fixed) * poster.fullBatchRatio)
    case .stateDifferences: return poster.differenceBytes(workload) * poster.fullBatchRatio
    }
  }

  /// Transactions of the mix per second that fit both into layer 2 blocks and, with their data, into
  /// settlement blocks; nil without a block interval.
  public func carryingCapacity(on settlement: SettlementPolicy) -> Double? {
    executionCapacity.map { min($0, dataCapacity(on: settlement)) }
  }

  /// The same for transactions of the smallest class of the mix.
  var claimedCapacity: Double? {
    let used = zip(workload.mix, workload.profiles).filter { $0.0 > 0 }
    return used.map(\.1.gas.mean).min().flatMap { executionCapacity(gas: $0) }
  }

  private func executionCapacity(gas: Double) -> Double? {
    guard let interval = sequencer.fullBlockInterval?.seconds, gas > 0 else { return nil }
    let byGas = Double(sequencer.blockGasLimit) / gas
    return min(
      byGas, Double(sequencer.blockTransactionLimit),
      execution.mostTransactions(in: executionInterval, ofGas: gas)) / interval
  }

  /// Transactions of the mix per second whose data fits into settlement blocks that are otherwise
  /// empty.
  func dataCapacity(on settlement: SettlementPolicy) -> Double {
    let bytesPerTransaction = publishedBytesPerTransaction * data.hostShare
    let bytesPerSlot: Double
    switch poster.carrier {
    case .blobs:
      bytesPerSlot = Double(settlement.blobFee.limit * poster.bytesPerBlob)
    case .calldata:
      let gas = dataGas(
        calldataBytes: poster.calldataPerTransaction, settlement.calldata)
      bytesPerSlot = Double(settlement.gasLimit / gas * poster.calldataPerTransaction)
    }
    return bytesPerSlot / bytesPerTransaction / settlement.slot.seconds
  }
}

extension Sequencer.Policy {
  /// The time between full blocks; nil where each transaction has a block of its own.
  fileprivate var fullBlockInterval: SimDuration? {
    switch sealing {
    case .interval: blockInterval
    case .whenFull: shortestInterval
    case .perTransaction: nil
    }
  }
}

extension RollupSubject {
  /// Transactions of the mix per second that its own provers can prove at a mean size of batches; nil
  /// where it has none.
  func provingCapacity(batchSize: Double?) -> Double? {
    guard rollup.sequence.isProved, rollup.proving.isOwn, let batchSize else { return nil }
    let rate = rollup.prover.transactionsPerSecond(
      batchSize: batchSize, work: rollup.workload.mean(of: \.proverWork) * batchSize)
    return rate < .infinity ? rate : nil
  }
}

extension Workload.Policy {
  /// The mean over the mix of a figure of each class, of those transactions in which it does not exceed
  /// a limit; 0 if there are none.
  fileprivate func mean(
    of figure: (Workload.ClassProfile) -> Distribution, upTo limit: Double
  ) -> Double {
    let parts = zip(mix, profiles).filter { $0.0 > 0 }.map { ($0.0, figure($0.1).cut(at: limit)) }
    guard parts.contains(where: { $0.1.share < 1 }) else { return mean(of: figure) }
    let share = parts.reduce(0) { $0 + $1.0 * $1.1.share }
    return share > 0 ? parts.reduce(0) { $0 + $1.0 * $1.1.share * $1.1.mean } / share : 0
  }
}

extension Distribution {
  /// The share of draws that do not exceed a limit, and their mean.
  ///
  /// A tail of one in a thousand million counts as none.
  fileprivate func cut(at limit: Double) -> (share: Double, mean: Double) {
    let share = cumulative(limit)
    guard share < 1 - 1e-9 else { return (1, mean) }
    guard share > 1e-9 else { return (0, 0) }
    switch self {
    case .discrete(let values): return (share, values.mean(upTo: limit))
    case .empirical(let observations): return (share, observations.values.mean(upTo: limit))
    default:
      let rest = Distribution.truncated(self, low: 0, high: limit)
      return (share, rest.defect == nil ? rest.mean : min(mean, limit))
    }
  }
}

extension Weighted<Double> {
  fileprivate func mean(upTo limit: Double) -> Double {
    let pairs = zip(elements, weights).filter { $0.0 <= limit }
    return pairs.reduce(0) { $0 + $1.0 * $1.1 } / pairs.reduce(0) { $0 + $1.1 }
  }
}
