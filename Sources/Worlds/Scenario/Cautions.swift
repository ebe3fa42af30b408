import EventKernel
import Randomness
import Rollup
import Settlement

/// Something in a scenario that is allowed and probably not meant.
public struct Caution: Hashable, Sendable {
  /// The parameters that it rests on.
  public let paths: [String]
  /// What is going to happen.
  public let message: String
}

extension Scenario {
  /// A run of more work than this is announced [s].
  private static let patience = 60.0
  /// Seconds of processor time for a unit of estimated work: three transactions, or a third of a slot.
  private static let secondsPerWork = 3e-7

  /// Roughly how long a replication takes on one core of a present machine [s].
  public var estimatedSeconds: Double { estimatedWork * Self.secondsPerWork }

  /// What is probably not meant, from mean values alone: no run is made.
  ///
  /// The scenario must be valid.
  public var cautions: [Caution] {
    [longRun].compactMap(\.self) + rollups.indices.flatMap { subject($0).cautions }
  }

  /// That a replication takes long; nil if it does not.
  public var longRun: Caution? {
    guard estimatedSeconds > Self.patience else { return nil }
    let transactions = rollups.reduce(0) { $0 + horizon.seconds * $1.workload.arrivals.rate }
    return Caution(
      paths: rollups.flatMap {
        ["\($0.pathPrefix)workload.arrivals", "\($0.pathPrefix)sequencer.block_interval"]
      } + ["horizon", "settlement.slot"],
      message: "a replication has about \(Self.rough(transactions)) transactions and takes about "
        + "\(Self.words(estimatedSeconds))")
  }

  // MARK: Words

  /// Two digits are more than a rough figure is worth.
  fileprivate static func rough(_ number: Double) -> String {
    var scale = 1.0
    while number / scale >= 100 { scale *= 10 }
    return ((number / scale).rounded() * scale).shortest
  }

  fileprivate static func words(_ seconds: Double) -> String {
    switch seconds {
    case ..<120: "\(rough(seconds)) s"
    case ..<7200: "\(rough(seconds / 60)) min"
    case ..<720_000: "\(rough(seconds / 3600)) h"
    case ..<1e15: "\(rough(seconds / 86_400)) d"
    default: "no end of time"
    }
  }
}

extension RollupSubject {
  /// What is probably not meant about a rollup.
  fileprivate var cautions: [Caution] {
    [
      tooLargeToFit, risingGasPrice, risingDataFee, slowDrain(of: "batch data", dataDrain),
      depositDrain, proofDrain,
    ].compactMap(\.self)
  }

  // MARK: Room

  private var tooLargeToFit: Caution? {
    let share = rollup.workload.average {
      min(
        $0.gas.survival(Double(rollup.transactionGasLimit))
          + $0.bytes.survival(Double(rollup.rawBytesLimit)), 1)
    }
    guard share > 0.01 else { return nil }
    return Caution(
      paths: ["sequencer.block_gas", "workload.classes", "workload.mix", "poster.max_bytes"].map {
        rollup.pathPrefix + $0
      },
      message: "about \(Scenario.rough(100 * share)) % of transactions fit into no block of "
        + "\(rollup.transactionGasLimit) gas or no batch, and are dropped")
  }

  // MARK: What cannot be sustained

  private var risingGasPrice: Caution? {
    // Where users have a price at which they stay away, it ends there.
    guard !rollup.workload.hasFeeCaps,
      let target = rollup.fees.lastingGas(every: rollup.sequencer.blockInterval),
      let sustained = rollup.sustainedExecution
    else { return nil }
    let gas = executedRate * rollup.fittingGas
    guard gas > target else { return nil }
    return Caution(
      paths: [
        "workload.arrivals", rollup.fees.rule == .arbos ? "fees.gas_targets" : "fees.block_target",
      ].map { rollup.pathPrefix + $0 },
      message: "about \(Scenario.rough(gas / 1e3)) kgas/s are more than the gas target of "
        + "\(Scenario.rough(target / 1e3)) kgas/s: the price of layer 2 gas rises without bound; "
        + "execution sustains about \(Scenario.rough(sustained)) tx/s")
  }

  private var risingDataFee: Caution? {
    guard let sustained = sustainedData, executedRate > sustained else { return nil }
    let (target, fee) =
      switch rollup.poster.carrier {
      case .blobs: ("blob target", "blob base fee")
      case .calldata: ("gas target", "base fee")
      }
    return Caution(
      paths: ["workload.arrivals", "poster"].map { rollup.pathPrefix + $0 },
      message: "data of about \(Scenario.rough(executedRate)) tx/s is more than the \(target) "
        + "takes, or more than fits in whole transactions: the \(fee) rises without bound or batches gather; "
        + "data sustains about \(Scenario.rough(sustained)) tx/s")
  }

  // MARK: What comes faster than it leaves

  private var blockShare: Double { scenario.settlement.blockShare }

  private var dataDrain: (seconds: Double, paths: [String]) {
    (
      drain(of: executedRate, through: dataCapacity * blockShare),
      ["workload.arrivals", "settlement.outages", "poster"]
    )
  }

  private func slowDrain(of what: String, _ drain: (seconds: Double, paths: [String])) -> Caution? {
    guard drain.seconds > scenario.coolDown.seconds else { return nil }
    return Caution(
      paths: drain.paths.map { $0.hasPrefix("settlement.") ? $0 : rollup.pathPrefix + $0 },
      message:
        "\(what) waiting at the horizon would take \(Scenario.words(drain.seconds)), more than the cooldown "
        + "of \(Scenario.words(scenario.coolDown.seconds)): runs will probably not finish")
  }

  private var depositDrain: Caution? {
    guard rollup.deposits.rate > 0 else { return nil }
    let capacity =
      Double(scenario.settlement.gasLimit) / Double(rollup.deposits.gas)
      / scenario.settlement.slot.seconds
    let seconds = drain(of: rollup.deposits.rate, through: capacity * blockShare)
    return slowDrain(of: "deposits", (seconds, ["deposits.rate", "settlement.outages"]))
  }

  private var proofDrain: Caution? {
    guard rollup.sequence.isProved, rollup.proving.isOwn else { return nil }
    let bytes = max(rollup.publishedBytesPerTransaction, 1e-9)
    let size = max(
      1,
      min(executedRate * rollup.poster.longestAge.seconds, Double(rollup.poster.maxBytes) / bytes))
    let rate = rollup.prover.transactionsPerSecond(
      batchSize: size, work: rollup.workload.mean(of: \.proverWork) * size)
    guard rate < .infinity else { return nil }
    let seconds = drain(of: executedRate, through: rate)
    return slowDrain(
      of: "batches", (seconds, ["prover.provers", "prover.proof_time", "workload.arrivals"]))
  }

  /// How long what has gathered by the horizon takes to leave [s].
  private func drain(of rate: Double, through capacity: Double) -> Double {
    capacity > 0 ? max(0, rate / capacity - 1) * scenario.horizon.seconds : .infinity
  }
}
