import EventKernel
import Randomness
import Rollup
import Settlement

extension Scenario {
  /// The documented base case: what holds for every key that neither scenario nor preset sets.
  ///
  /// The assumptions page of the handbook gives the reason for each figure.
  public static let baseCase = Scenario(
    phases: .random, warmUp: .hours(1), horizon: .hours(7), coolDown: .days(60),
    settlement: .init(
      slot: .seconds(12), firstSlot: .zero, missedSlots: 0.01, slotsPerEpoch: 32,
      epochsToFinality: 3, gasLimit: 30_000_000, transactionGasLimit: 30_000_000,
      executionFee: .ethereum, calldata: .init(hasFloor: false), initialBaseFee: 15_000_000_000,
      blobFee: .init(target: 3, limit: 6, updateFraction: 3_338_477, hasReservePrice: false),
      initialBlobBaseFee: 1_000_000_000,
      demand: .init(
        level: 1, volatility: 0.3, reversion: .seconds(600), elasticity: 0.5,
        referenceFee: 15_000_000_000, meanTip: 1_000_000_000),
      blobDemand: .init(
        level: 0.9, volatility: 0.3, reversion: .seconds(1800), elasticity: 0.3,
        referenceFee: 1_000_000_000, meanTip: 1_000_000_000)),
    usdPerEther: 2500, rollups: [.baseCase],
    neighbours: NeighbourPolicy.sizes.map { .init(name: $0, policy: .baseCase(of: $0)) })
}

extension RollupScenario {
  /// The documented base case: what holds for every key that neither scenario nor preset sets.
  public static let baseCase = RollupScenario(
    name: "", hosting: .onSettlement, sequence: .postAndAssert,
    workload: .baseCase,
    sequencer: .init(
      sealing: .interval, blockInterval: .seconds(2), blockGasLimit: 30_000_000,
      blockTransactionLimit: 1_000_000, mempoolCapacity: 100_000),
    poster: .init(
      maxBytes: 120_000, maxAge: .seconds(300), compressionRatio: 0.6, overheadBytes: 200,
      carrier: .blobs, calldataPerTransaction: 120_000, bytesPerBlob: 126_976,
      blobsPerTransaction: 6, gas: 50_000, zeroByteShare: 0.02),
    proposer: .init(interval: .hours(1), claimGas: 150_000),
    prover: .init(
      startsAt: .closed, witnessTime: .constant(10), provers: 4, proofTime: .constant(200),
      proofTimePerWork: .zero, aggregatedBatches: 1, aggregationTime: .constant(0),
      aggregationMaxWait: .hours(1), verificationGas: 500_000, usdPerHour: 5),
    proving: .alone,
    bridge: .init(challengeWindow: .days(7), executionDelay: .zero),
    bid: .init(
      feeCap: 1_000_000_000_000, tip: 2_000_000_000, blobFeeCap: 1_000_000_000_000),
    deposits: .init(
      rate: 0, gas: 100_000, feeCap: 1_000_000_000_000, tip: 2_000_000_000, confirmations: 4),
    fees: .init(gasPrice: 20_000_000))
}

extension NeighbourPolicy {
  /// No rollups, and how they would post: much, little, or in between, as a group of any other name.
  public static func baseCase(of group: String) -> NeighbourPolicy {
    switch group {
    case "large": baseCase(dataRate: 10_000, blobs: 6, maxAge: .seconds(600))
    case "small": baseCase(dataRate: 100, blobs: 1, maxAge: .hours(6))
    default: baseCase(dataRate: 1000, blobs: 3, maxAge: .hours(1))
    }
  }

  private static func baseCase(
    dataRate: Double, blobs: UInt64, maxAge: SimDuration
  ) -> NeighbourPolicy {
    NeighbourPolicy(
      count: 0, dataRate: dataRate, rateVariation: 0.3, blobsPerTransaction: blobs,
      maxAge: maxAge, priceLimit: 1_000_000_000_000, variety: 0, feeCap: 1_000_000_000_000,
      tip: 2_000_000_000, blobFeeCap: 1_000_000_000_000)
  }
}

extension ProverService.Policy {
  /// What holds of a prover service that says nothing else.
  public static let baseCase = ProverService.Policy(
    provers: 4, order: .firstCome, usdPerHour: 5)
}

extension Workload.Policy {
  /// Four kinds of transaction; gas as on layer 1, bytes as of a signed transaction.
  static let baseCase: Workload.Policy = {
    var mix = [Double](repeating: 0, count: TransactionClass.allCases.count)
    var profiles = [Workload.ClassProfile](
      repeating: .init(
        gas: .lognormal(mean: 100_000, cv: 0.3), bytes: .lognormal(mean: 250, cv: 0.3),
        proverWork: .constant(1)), count: TransactionClass.allCases.count)
    func set(
      _ kind: TransactionClass, weight: Double, gas: Distribution, bytes: Distribution,
      work: Distribution, writes: Double
    ) {
      mix[kind.rawValue] = weight
      profiles[kind.rawValue] = .init(
        gas: gas, bytes: bytes, proverWork: work, writes: .constant(writes))
    }
    set(
      .transfer, weight: 0.3, gas: .constant(21_000), bytes: .lognormal(mean: 112, cv: 0.05),
      work: .constant(1), writes: 3)
    set(
      .tokenTransfer, weight: 0.35, gas: .lognormal(mean: 50_000, cv: 0.2),
      bytes: .lognormal(mean: 180, cv: 0.1), work: .gamma(mean: 1.5, cv: 0.2), writes: 4)
    set(
      .swap, weight: 0.25, gas: .lognormal(mean: 150_000, cv: 0.5),
      bytes: .lognormal(mean: 400, cv: 0.4), work: .gamma(mean: 4, cv: 0.4), writes: 8)
    set(
      .mint, weight: 0.1, gas: .lognormal(mean: 120_000, cv: 0.5),
      bytes: .lognormal(mean: 300, cv: 0.4), work: .gamma(mean: 3, cv: 0.4), writes: 5)
    return Workload.Policy(arrivals: .poisson(rate: 10), mix: mix, profiles: profiles)
  }()
}
