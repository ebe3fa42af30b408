import Declarations
import EventKernel
import Randomness
import Rollup
import Settlement

// Checks that what is sent can ever be included: a price that somebody takes, a block and a batch that
// have room. They are about how parts fit together, so they belong to none.

extension Scenario {
  /// States that the settlement chain has what a rollup takes of it.
  func checkFit(of rollup: RollupScenario, _ expect: inout Expectations) {
    rollup.checkDeposits(rollup.pathPrefix, settlement, &expect)
    rollup.checkSent(rollup.pathPrefix, settlement, &expect)
    rollup.checkPosting(rollup.pathPrefix, &expect)
    rollup.checkPrices(rollup.pathPrefix, &expect)
    rollup.checkCensorship(rollup.pathPrefix, guests(of: rollup.name), &expect)
    rollup.checkOrder(rollup.pathPrefix, guests(of: rollup.name), &expect)
    expect(
      !rollup.sequencerSet.isSet || !rollup.chargedDataFees.happens
        || guests(of: rollup.name).isEmpty,
      ["\(rollup.pathPrefix)sequencer.set.kind", "\(rollup.pathPrefix)data_fees.rule"],
      "expected operator, where rollups settle that pay for data: its price can change until a block is decided"
    )
    if rollup.postsOnSettlement {
      rollup.checkCarrier(rollup.pathPrefix, settlement, &expect)
    }
  }

  /// States that the settlement chain has room for what a rollup sends, and the rollup for its users.
  ///
  /// Every part must be in order by itself.
  func checkRoom(of rollup: RollupScenario, _ expect: inout Expectations) {
    let prefix = rollup.pathPrefix
    rollup.checkTransactions(prefix, &expect)
    rollup.checkExecuted(prefix, &expect)
    guard rollup.postsOnSettlement else { return }
    rollup.checkDataGas(prefix, settlement, &expect)
    if rollup.hosting.isOnSettlement { rollup.checkClaimGas(prefix, settlement, &expect) }
    rollup.checkCaps(prefix, settlement, &expect)
  }

  func checkNeighbourCaps(_ expect: inout Expectations) {
    for group in neighbours where group.policy.count > 0 {
      let path = "neighbours.\(group.name)"
      settlement.check(cap: group.policy.feeCap, path, &expect)
      settlement.check(blobCap: group.policy.blobFeeCap, path, &expect)
    }
  }
}

extension RollupScenario {
  /// What the paths of its parameters begin with.
  var pathPrefix: String { name.isEmpty ? "" : WorldShape.path(ofRollup: name) + "." }

  /// A batch of more settlement transactions than this is refused: each takes memory.
  private static let mostParts: UInt64 = 10_000

  fileprivate func checkCarrier(
    _ prefix: String, _ settlement: SettlementPolicy, _ expect: inout Expectations
  ) {
    checkSharing(prefix, &expect)
    guard poster.carriers.contains(.blobs) else { return }
    let limit = settlement.blobFee.mostPerTransaction
    expect(
      poster.blobsPerTransaction > 0 && poster.blobsPerTransaction <= limit,
      [
        "\(prefix)poster.blobs_per_transaction", "settlement.transaction_blobs",
        "settlement.blob_limit",
      ],
      "expected poster.blobs_per_transaction from 1 to the \(limit) blobs that a transaction can have"
    )
    expect(
      settlement.blobFee.target > 0, ["\(prefix)poster.carrier", "settlement.blob_target"],
      "expected calldata: this settlement chain has no blobs")
    for number in 1...ForkSchedule.capacity {
      let fork = settlement.forks[number]
      let path = "settlement.forks.\(number)"
      expect(
        fork.time == 0
          || fork.rule.target > 0
            && settlement.blobRule(afterFork: number).mostPerTransaction
              >= poster.blobsPerTransaction,
        [
          "\(path).blob_limit", "\(path).blob_target", "\(path).transaction_blobs",
          "\(prefix)poster.blobs_per_transaction",
        ], "expected room for poster.blobs_per_transaction")
    }
  }

  /// Blobs are shared for data that is the rollup's to post when it likes.
  private func checkSharing(_ prefix: String, _ expect: inout Expectations) {
    guard poster.sharesBlobs else { return }
    let service = "\(prefix)poster.service"
    expect(
      poster.carriers == [.blobs],
      [service, "\(prefix)poster.carrier", "\(prefix)poster.carrier_choice"],
      "expected poster.carrier blobs, and carrier_choice fixed, where blobs are shared")
    expect(
      data.isOnChain, [service, "\(prefix)data.mode"],
      "expected data.mode host, where blobs are shared")
    expect(
      !holdsData, [service, "\(prefix)sequence"],
      "expected a sequence in which data does not wait for its proof, where blobs are shared")
  }

  /// Data that can never be included would wait for ever.
  fileprivate func checkDataGas(
    _ prefix: String, _ settlement: SettlementPolicy, _ expect: inout Expectations
  ) {
    if poster.carriers.contains(.calldata) {
      settlement.check(
        gas: mostDataGas(settlement.calldata),
        [
          "\(prefix)poster.calldata_bytes", "\(prefix)poster.gas", "\(prefix)poster.zero_bytes",
          "settlement.calldata_floor", "settlement.gas_per_transaction",
          "settlement.gas_per_zero_byte", "settlement.gas_per_byte", "settlement.transaction_gas",
          "\(prefix)data",
        ], &expect)
    }
    if poster.carriers.contains(.blobs) {
      settlement.check(
        gas: mostDataGas(settlement.calldata),
        [
          "\(prefix)poster.gas", "settlement.gas_per_transaction", "settlement.transaction_gas",
          "\(prefix)data",
        ], &expect)
    }
  }

  /// So would claims, what brings their effects, and what users send because of them.
  fileprivate func checkClaimGas(
    _ prefix: String, _ settlement: SettlementPolicy, _ expect: inout Expectations
  ) {
    if sequence.isProved {
      // Data goes along with its proof, in the last transaction of a claim.
      let data = holdsData ? mostDataGas(settlement.calldata) : 0
      settlement.check(
        gas: data + prover.verificationGas,
        ["\(prefix)prover.gas", "\(prefix)poster.gas", "settlement.transaction_gas"], &expect)
      if sequence.executes {
        settlement.check(
          gas: prover.executionGas,
          ["\(prefix)prover.execution_gas", "settlement.transaction_gas"], &expect)
      }
    } else {
      if bridge.earlyProof {
        settlement.check(
          gas: prover.verificationGas, ["\(prefix)prover.gas", "settlement.transaction_gas"],
          &expect)
      }
      settlement.check(
        gas: proposer.claimGas, ["\(prefix)proposer.gas", "settlement.transaction_gas"], &expect)
      if sequence.executes {
        settlement.check(
          gas: bridge.resolveGas, ["\(prefix)bridge.resolve_gas", "settlement.transaction_gas"],
          &expect)
      }
    }
    for (gas, key) in [(bridge.proveGas, "prove_gas"), (bridge.exitGas, "exit_gas")] {
      settlement.check(gas: gas, ["\(prefix)bridge.\(key)", "settlement.transaction_gas"], &expect)
    }
  }

  /// What bids less than any block charges would wait for ever.
  fileprivate func checkCaps(
    _ prefix: String, _ settlement: SettlementPolicy, _ expect: inout Expectations
  ) {
    // Nitro's rule finds both caps itself.
    if bid.capRule == .fixed {
      settlement.check(cap: bid.feeCap, "\(prefix)bid", &expect)
      if poster.carriers.contains(.blobs) {
        settlement.check(blobCap: bid.blobFeeCap, "\(prefix)bid", &expect)
      }
    }
    // Users of a rollup on a rollup send to its host.
    if hosting.isOnSettlement, deposits.rate > 0 || hasUserTransactions {
      settlement.check(cap: deposits.feeCap, "\(prefix)deposits", &expect)
    }
  }

  /// Data that comes with its proof is posted when that is made.
  fileprivate func checkPosting(_ prefix: String, _ expect: inout Expectations) {
    expect(
      !(holdsData && poster.observesFees),
      [
        "\(prefix)poster.\(poster.posting.watchesFees ? "policy" : "carrier_choice")",
        "\(prefix)sequence",
      ],
      "expected \(poster.posting.watchesFees ? "immediate or interval" : "fixed"): with "
        + "'\(sequence.rawValue)' data waits for its proof and not for a fee")
    guard poster.posting.rule == .costOfDelay else { return }
    expect(
      poster.format == .transactions, ["\(prefix)poster.policy", "\(prefix)poster.format"],
      "expected transactions, whose cost grows with their number as that of state differences does not"
    )
    expect(
      !workload.hasIncompressible, ["\(prefix)poster.policy", "\(prefix)workload.classes"],
      "expected classes whose bytes compress alike: what is weighed against delay is their mean")
    expect(
      data.isOnChain, ["\(prefix)poster.policy", "\(prefix)data.mode"],
      "expected host: what is weighed against delay is the price of all data")
  }

  /// Who verifies for a fee has to be paid one, and who looks at prices has to see them.
  func checkAggregation(_ expect: inout Expectations) {
    expect(
      !batchFee.isPaid || sequence == .sequenceVerify, ["batch_fee.rule", "sequence"],
      "expected none: the fee is of batches that are sequenced and verified later, sequence_verify")
    guard sequence.isProved else { return }
    expect(
      prover.aggregation != .profit || batchFee.isPaid, ["prover.aggregation", "batch_fee.rule"],
      "expected a batch_fee.rule that pays for proofs, or prover.aggregation full or price")
    expect(
      prover.aggregation == .full || hosting.isOnSettlement, ["prover.aggregation", "host"],
      "expected full: on a host that is a rollup nobody sees its next base fee")
  }

  /// Who races posts what is closed at once, and who makes a block with each of the host is not faster than that.
  func checkSequencers(_ settlement: SettlementPolicy, _ expect: inout Expectations) {
    if sequencerSet.kind == .race {
      expect(
        !holdsData, ["sequencer.set.kind", "sequence"],
        "expected data that is posted by itself, as by sequence_verify, or another kind than race")
      expect(
        !poster.posting.watchesFees && !poster.sharesBlobs,
        ["poster.policy", "sequencer.set.kind"],
        "expected immediate or interval, and a poster of the rollup's own, or another kind than race"
      )
    }
    expect(
      !machines.canDisagree || sequencerSet.kind == .bft,
      ["nodes.bug_effect", "sequencer.set.kind"],
      "expected stops, or bft: who alone makes a block need not agree with others")
    if sequencerSet.isSet {
      expect(
        machines.stopsAt == .zero && !machines.loses,
        ["sequencer.set.kind", "nodes.loss", "nodes.stops_at"],
        "expected operator, where a machine loses confirmations or the operator stops")
      expect(
        !`operator`.canFail, ["sequencer.set.kind", "operator.cash"],
        "expected operator, where his cash can come to an end")
      expect(
        chargedDataFees.rule != .arbos, ["sequencer.set.kind", "data_fees.rule"],
        "expected operator: the price of a unit can change between a block and its decision")
      expect(
        !machines.sequencersFail || sequencerSet.kind == .settlementProposers
          || machines.sequencers == sequencerSet.members,
        ["nodes.sequencers", "sequencer.set.members"],
        "expected a machine for each of the \(sequencerSet.members) members")
    }
    if sequencerSet.kind == .settlementProposers {
      expect(
        sequencer.sealing == .perTransaction || sequencer.blockInterval < settlement.slot,
        ["sequencer.block_interval", "settlement.slot"],
        "expected less than a slot: a block is due when the settlement chain makes one")
    }
  }

  fileprivate func checkDeposits(
    _ prefix: String, _ settlement: SettlementPolicy, _ expect: inout Expectations
  ) {
    guard deposits.rate > 0 else { return }
    expect(
      deposits.gas > 0
        && deposits.gas <= settlement.mostGasOfTransaction,
      ["\(prefix)deposits.gas", "settlement.transaction_gas", "settlement.gas_limit"],
      "expected deposits.gas from 1 gas to what fits into a transaction and a block")
  }

  /// Every class of transactions must fit, and a batch must not be cut into countless pieces.
  fileprivate func checkTransactions(_ prefix: String, _ expect: inout Expectations) {
    expect(
      poster.publishedBytes(rawBytes: 0) <= max(poster.maxBytes, poster.bytesPerTransaction)
        && poster.maxBytes / poster.bytesPerTransaction < Self.mostParts,
      [
        "\(prefix)poster.max_bytes", "\(prefix)poster.blob_bytes",
        "\(prefix)poster.blobs_per_transaction",
        "\(prefix)poster.calldata_bytes", "\(prefix)poster.overhead_bytes",
      ],
      "expected a batch of at most \(Self.mostParts) settlement transactions, of "
        + "\(poster.bytesPerTransaction) B each")
    let writes =
      workload.arrivals.rate * workload.mean(of: \.writes) * poster.longestAge.seconds
    expect(
      !publishesDifferences || writes <= 2e9,
      ["\(prefix)poster.max_age", "\(prefix)workload.classes", "\(prefix)workload.arrivals"],
      "expected batches of at most 2e9 writes to storage slots")
    for kind in TransactionClass.allCases where workload.mix[kind.rawValue] > 0 {
      let profile = workload.profiles[kind.rawValue]
      let path = "\(prefix)workload.classes.\(kind.name)"
      expect(
        profile.gas.leastValue < Double(sequencer.blockGasLimit) + 0.5,
        ["\(path).gas", "\(prefix)sequencer.block_gas"],
        "expected what fits into a block of sequencer.block_gas, \(sequencer.blockGasLimit) gas")
      expect(
        profile.bytes.leastValue < Double(rawBytesLimit) + 0.5,
        [
          "\(path).bytes", "\(prefix)poster.max_bytes", "\(prefix)poster.compression",
          "\(prefix)poster.overhead_bytes",
          "\(prefix)poster.blob_bytes", "\(prefix)poster.blobs_per_transaction",
          "\(prefix)poster.calldata_bytes",
        ],
        "expected at most the \(rawBytesLimit) B that, compressed, a batch or a settlement "
          + "transaction has room for")
    }
  }
}

extension SettlementPolicy {
  /// Gas that a transaction without calldata can execute.
  var mostExecution: UInt64 {
    let fixed = calldata.gas(zeroBytes: 0, nonZeroBytes: 0, execution: 0)
    return mostGasOfTransaction - min(fixed, mostGasOfTransaction)
  }

  /// Gas of the largest transaction that a block has room for.
  var mostGasOfTransaction: UInt64 { min(transactionGasLimit, gasLimit) }

  /// Blobs that fit into any block, before its forks and after them.
  var leastBlobLimit: UInt64 {
    ([blobFee.limit] + forks.scheduled.map(\.rule.limit)).min() ?? 0
  }

  /// Blobs that a transaction can have in any block.
  var mostTransactionBlobs: UInt64 {
    forks.rules(after: blobFee).map(\.mostPerTransaction).min() ?? 0
  }

  /// How blobs are priced from a fork on.
  fileprivate func blobRule(afterFork number: Int) -> BlobFeeRule {
    forks.rule(at: forks[number].time, after: blobFee)
  }

  fileprivate func check(gas: UInt64, _ paths: CheckedPaths, _ expect: inout Expectations) {
    let limit = transactionGasLimit
    expect(gas <= limit, paths, "expected a transaction of at most \(limit) gas; it takes \(gas)")
  }

  fileprivate func check(cap: UInt64, _ path: String, _ expect: inout Expectations) {
    let floor = leastBaseFee
    expect(
      cap >= floor, ["\(path).fee_cap", "settlement.base_fee", "settlement.fee_rule"],
      "expected at least \(floor) wei: the base fee never falls below")
  }

  fileprivate func check(blobCap: UInt64, _ path: String, _ expect: inout Expectations) {
    expect(
      blobCap >= 1, "\(path).blob_fee_cap",
      "expected at least 1 wei: the blob base fee never falls below")
  }
}

extension SettlementPolicy {
  /// A base fee that no block is ever below [wei per gas].
  ///
  /// By EIP-1559 a fee f falls by ⌊f·(T − used)/T/D⌋ at most ⌊f/D⌋, which is nothing once f < D; so from
  /// above it stops at D − 1 at the lowest, and a lower one stays.
  fileprivate var leastBaseFee: UInt64 {
    executionFee.kind == .constant
      ? initialBaseFee : min(initialBaseFee, executionFee.denominator - 1)
  }
}

extension Distribution {
  /// What no draw is below, as far as that has a closed form.
  fileprivate var leastValue: Double { quantile(0) ?? 0 }
}

extension ServiceScenario {
  /// Lists what a service expects, and that the settlement chain has room for what it sends.
  func check(_ settlement: SettlementPolicy, _ expect: inout Expectations) {
    let limit = settlement.transactionGasLimit
    guard kind == .prover else { return checkBlobs(settlement, &expect) }
    policy.check(&expect)
    guard policy.sharedProof.isUsed else { return }
    expect(
      policy.sharedProof.gas <= limit, "shared_proof.gas",
      "expected at most the \(limit) gas of a settlement transaction")
    settlement.check(cap: policy.sharedProof.feeCap, "shared_proof", &expect)
  }

  private func checkBlobs(_ settlement: SettlementPolicy, _ expect: inout Expectations) {
    expect.under("shared_blobs") { expect in
      sharedBlobs.check(&expect)
      expect(
        sharedBlobs.blobs <= settlement.mostTransactionBlobs, "blobs",
        "expected at most the \(settlement.mostTransactionBlobs) blobs that a transaction can have")
      expect(
        sharedBlobs.gas + sharedBlobs.gasPerBatch <= settlement.mostExecution,
        ["gas", "gas_per_batch"],
        "expected at most the \(settlement.mostExecution) gas that a settlement transaction can execute"
      )
    }
    settlement.check(cap: sharedBlobs.feeCap, "shared_blobs", &expect)
    settlement.check(blobCap: sharedBlobs.blobFeeCap, "shared_blobs", &expect)
  }
}
