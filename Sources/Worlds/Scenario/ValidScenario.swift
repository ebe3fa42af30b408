import EventKernel
import Randomness
import Rollup
import Settlement

/// A scenario that can be run.
///
/// Only `Scenario.validated()` makes one, and worlds accept nothing else.
public struct ValidScenario: Sendable {
  /// The values.
  public let scenario: Scenario

  fileprivate init(_ scenario: Scenario) { self.scenario = scenario }
}

/// What is wrong with a scenario: all of it at once.
public struct InvalidScenario: Error, Equatable {
  /// One problem.
  public struct Problem: Hashable, Sendable {
    /// The parameter to change.
    public let path: String
    /// Others that it rests on: a change of any of them can be what is wrong.
    public let others: [String]
    /// What was expected.
    public let expectation: String
  }

  /// Every problem found.
  public let problems: [Problem]
}

extension Scenario {
  /// Checks what single values cannot show: ranges and how parameters fit together.
  ///
  /// - Throws: `InvalidScenario` with every problem.
  public func validated() throws(InvalidScenario) -> ValidScenario {
    var problems: [InvalidScenario.Problem] = []
    func expect(_ holds: Bool, _ paths: CheckedPaths, _ expectation: @autoclosure () -> String) {
      guard !holds else { return }
      problems.append(
        .init(path: paths.first, others: paths.others, expectation: expectation()))
    }
    expect(warmUp < horizon, ["horizon", "warmup"], "expected a horizon after the warm-up")
    expect(
      workload.mix.contains { $0 > 0 } && workload.mix.allSatisfy { $0 <= 1e9 },
      ["workload.mix.transfer", "workload.mix"],
      "expected weights up to 1e9, at least one of them positive")
    expect(
      (1e-6...1e8).contains(workload.arrivals.rate), "workload.arrivals",
      "expected from 1e-6 to 1e8 arrivals per second")
    expect(
      sequencer.sealing == .perTransaction || sequencer.blockInterval >= .shortestCycle,
      "sequencer.block_interval", "expected at least 1 ms")
    expect(sequencer.blockGasLimit > 0, "sequencer.block_gas", "expected a positive limit")
    expect(
      sequencer.blockTransactionLimit > 0, "sequencer.block_transactions",
      "expected a positive limit")
    expect(
      (1...10_000_000).contains(sequencer.mempoolCapacity), "sequencer.mempool",
      "expected between 1 and 10,000,000 transactions")
    expect(
      (1...1_000_000_000).contains(poster.maxBytes), "poster.max_bytes",
      "expected from 1 B to 1e9 B")
    expect(
      poster.overheadBytes < poster.maxBytes, ["poster.overhead_bytes", "poster.max_bytes"],
      "expected poster.overhead_bytes below poster.max_bytes")
    expect(
      poster.compressionRatio > 0 && poster.compressionRatio <= 2, "poster.compression",
      "expected a ratio above 0 and at most 2")
    expect((0...1).contains(zeroByteShare), "poster.zero_bytes", "expected a share from 0 to 1")
    checkCarrier(expect)
    checkSettlement(expect)
    checkSettlementIncidents(expect)
    checkNeighbours(expect)
    checkDeposits(expect)
    if family == .optimistic {
      expect(
        proposer.interval >= .shortestCycle, "proposer.interval", "expected at least 1 ms")
    } else {
      checkProver(expect)
    }
    expect((0.01...1e9).contains(usdPerEther), "prices.eth", "expected from 0.01 to 1e9 USD")
    if problems.isEmpty {
      checkGas(expect)
      checkCaps(expect)
      checkTransactions(expect)
    }
    guard problems.isEmpty else { throw InvalidScenario(problems: problems) }
    return ValidScenario(self)
  }

  typealias Expect = (Bool, CheckedPaths, @autoclosure () -> String) -> Void

  /// Data of one blob or of the calldata of one transaction [B].
  static var dataSizes: ClosedRange<UInt64> { 100...1_000_000_000 }
  /// Beyond, the series of the blob fee leaves 128 bits.
  static var updateFractions: ClosedRange<UInt64> { 1...1_000_000_000 }

  private func checkCarrier(_ expect: Expect) {
    let sizes = Self.dataSizes
    switch poster.carrier {
    case .calldata:
      expect(
        sizes.contains(poster.calldataPerTransaction), "poster.calldata_bytes",
        "expected from 100 B to 1e9 B")
    case .blobs:
      expect(
        sizes.contains(poster.bytesPerBlob), "poster.blob_bytes", "expected from 100 B to 1e9 B")
      expect(
        poster.blobsPerTransaction > 0 && poster.blobsPerTransaction <= settlement.blobFee.limit,
        ["poster.blobs_per_transaction", "settlement.blob_limit"],
        "expected poster.blobs_per_transaction from 1 to the \(settlement.blobFee.limit) blobs that fit into a block"
      )
    }
  }

  /// What can never be included would wait for ever.
  ///
  /// Sizes and shares must be in range.
  private func checkGas(_ expect: Expect) {
    let limit = settlement.transactionGasLimit
    func expectRoom(_ gas: UInt64, _ paths: CheckedPaths) {
      expect(gas <= limit, paths, "expected a transaction of at most \(limit) gas; it takes \(gas)")
    }
    switch poster.carrier {
    case .calldata:
      expectRoom(
        dataGas(calldataBytes: poster.calldataPerTransaction),
        [
          "poster.calldata_bytes", "poster.gas", "poster.zero_bytes", "settlement.calldata_floor",
          "settlement.gas_per_transaction", "settlement.gas_per_zero_byte",
          "settlement.gas_per_byte", "settlement.transaction_gas",
        ])
    case .blobs:
      expectRoom(
        dataGas(calldataBytes: 0),
        ["poster.gas", "settlement.gas_per_transaction", "settlement.transaction_gas"])
    }
    switch family {
    case .optimistic: expectRoom(proposer.claimGas, ["proposer.gas", "settlement.transaction_gas"])
    case .validity:
      expectRoom(prover.verificationGas, ["prover.gas", "settlement.transaction_gas"])
    }
  }

  private func checkSettlement(_ expect: Expect) {
    expect(settlement.slot >= .shortestCycle, "settlement.slot", "expected at least 1 ms")
    expect(
      (0..<1).contains(settlement.missedSlots), "settlement.missed_slots",
      "expected a probability from 0 to below 1")
    expect(
      settlement.gasLimit >= settlement.executionFee.elasticity
        && settlement.executionFee.elasticity > 0 && settlement.executionFee.denominator > 0,
      ["settlement.gas_limit", "settlement.fee_elasticity", "settlement.fee_denominator"],
      "expected a limit with a gas target of at least 1")
    expect(
      settlement.transactionGasLimit <= settlement.gasLimit,
      ["settlement.transaction_gas", "settlement.gas_limit"],
      "expected settlement.transaction_gas at most settlement.gas_limit")
    expect(
      (1...1_000_000).contains(settlement.slotsPerEpoch), "settlement.slots_per_epoch",
      "expected from 1 to 1,000,000")
    expect(
      (1...1_000_000).contains(settlement.epochsToFinality), "settlement.finality_epochs",
      "expected from 1 to 1,000,000")
    let blobs = settlement.blobFee
    expect(
      blobs.target <= blobs.limit && blobs.limit <= 1000,
      ["settlement.blob_limit", "settlement.blob_target"],
      "expected blob_target <= blob_limit <= 1000")
    expect(
      poster.carrier != .blobs || blobs.target > 0, ["poster.carrier", "settlement.blob_target"],
      "expected calldata: this settlement chain has no blobs")
    expect(
      settlement.initialBlobBaseFee <= 1_000_000_000_000_000_000, "settlement.blob_base_fee",
      "expected at most 1e18 wei")
    expect(
      Self.updateFractions.contains(blobs.updateFraction), "settlement.blob_update_fraction",
      "expected from 1 to 1e9")
    for (name, demand) in [
      ("demand", settlement.demand), ("blob_demand", settlement.blobDemand),
    ] {
      expect(
        demand.level >= 0 && demand.level <= 100, "settlement.\(name).level",
        "expected from 0 to 100 times the target")
      expect(
        demand.volatility >= 0 && demand.volatility <= 5, "settlement.\(name).volatility",
        "expected a standard deviation from 0 to 5")
      expect(
        demand.reversion > .zero, "settlement.\(name).reversion", "expected a positive time")
      expect(
        demand.elasticity >= 0 && demand.elasticity <= 10, "settlement.\(name).elasticity",
        "expected from 0 to 10")
      expect(
        demand.referenceFee > 0, "settlement.\(name).reference_fee", "expected a positive fee")
      expect(
        (1...1e6).contains(demand.saturation), "settlement.\(name).saturation",
        "expected from 1 to 1,000,000 times the level")
    }
  }

  private func checkProver(_ expect: Expect) {
    expect(
      (1...1_000_000).contains(prover.provers), "prover.provers",
      "expected from 1 to 1,000,000 provers")
    expect(
      (1...1_000_000).contains(prover.aggregatedBatches), "prover.aggregated_batches",
      "expected from 1 to 1,000,000 batches")
    expect((0...1e6).contains(prover.usdPerHour), "prover.rent", "expected from 0 to 1e6 USD/h")
  }
}

extension SimDuration {
  /// What recurs faster than this would make events without end.
  static let shortestCycle = SimDuration(nanoseconds: 1_000_000)
}
