import Declarations
import Rollup
import Settlement

// Checks that a rollup has room for what another sends that settles on it.

extension RollupScenario {
  /// States what a host that is a rollup can be to this one, and that it has room for what this one sends there, with
  /// paths below this rollup.
  func check(
    on host: RollupScenario, _ settlement: SettlementPolicy, _ expect: inout Expectations
  ) {
    // What it posts on the settlement chain is checked like that of a rollup which settles there.
    expect(
      postsOnSettlement || poster.carrier == .calldata, ["poster.carrier", "host"],
      "expected calldata: a rollup sells no blobs")
    expect(
      postsOnSettlement || poster.carrierChoice == .fixed, ["poster.carrier_choice", "host"],
      "expected fixed: a rollup sells no blobs")
    expect(
      !exits.happens, ["exits.users", "host"],
      "expected 0: who leaves without an operator does so on the settlement chain")
    expect(
      !fastExits.happens,
      ["fast_exits.rate", "fast_exits.run_users", "fast_exits.fake_amount", "host"],
      "expected no withdrawals of coins: they are simulated on the settlement chain")
    expect(
      !upgrades.happens, ["upgrades.attack", "upgrades.per_year", "host"],
      "expected no upgrades: they are simulated on the settlement chain")
    expect(
      !censorship.censors, ["censorship.share", "host"],
      "expected 0: forced inclusion is simulated on the settlement chain")
    expect(
      !disputesHappen, ["adversary.plan", "adversary.wrong_share", "host"],
      "expected no adversary: disputes are simulated on the settlement chain")
    expect(
      postsOnSettlement || !poster.posting.watchesFees, ["poster.policy", "host"],
      "expected immediate or interval: who settles on a rollup sees no fee that its data is charged by"
    )
    expect(
      !host.sequencerSet.isSet, ["host"],
      "expected a host whose blocks one operator makes: '\(host.name)' has sequencer.set.kind "
        + "\(host.sequencerSet.kind.rawValue)")
    expect(
      !sequencerSet.kind.needsSettlementChain, ["sequencer.set.kind", "host"],
      "expected another kind: slots, races and proposers are those of the settlement chain")
    expect(
      host.sequencer.sealing == .interval, ["host"],
      "expected a host that seals blocks at an interval: '\(host.name)' seals one for each of its own "
        + "transactions")
    expect(
      !host.publishesDifferences, ["host"],
      "expected a host that publishes transactions: what guests write to '\(host.name)' is not simulated"
    )
    checkForced(on: host, settlement, &expect)
    checkDataIsFinal(&expect)
    checkRoom(on: host, settlement, &expect)
    expect(
      !calls.hasMessages || calls.messageGas <= host.transactionGasLimit,
      ["calls.message_gas", "host"],
      "expected at most the \(host.transactionGasLimit) gas of a block of '\(host.name)'")
    expect(
      deposits.rate == 0, ["deposits.rate", "host"],
      "expected no deposits: they are simulated from the settlement chain alone")
  }

  /// States that claims are made about data that no re-org of the settlement chain can drop.
  ///
  /// A host that is a rollup takes back nothing that is in its blocks, so a claim would stand there without its data.
  private func checkDataIsFinal(_ expect: inout Expectations) {
    guard postsOnSettlement else { return }
    expect(
      !sequence.isProved || prover.waitsFor == .settled, ["prover.waits_for", "data.mode"],
      "expected settled: of data on the settlement chain a host that is a rollup learns what is final"
    )
    expect(
      sequence.isProved || proposer.coverage != .included, ["proposer.covers", "data.mode"],
      "expected settled or parent_snapshot: of data on the settlement chain a host that is a rollup "
        + "learns what is final")
  }

  /// Whether it sends data to a host that is a rollup, which takes none but calldata.
  private var sendsDataToHost: Bool { !postsOnSettlement && poster.carrier == .calldata }

  /// Bytes of the largest transaction that it sends to a host that is a rollup.
  var mostBytesToHost: UInt64 {
    (sendsDataToHost ? data.mostCalldata(poster) : 0) + hosting.envelopeBytes
  }

  /// States that blocks and batches of a host have room for each transaction that this rollup sends there.
  private func checkRoom(
    on host: RollupScenario, _ settlement: SettlementPolicy, _ expect: inout Expectations
  ) {
    let carried = sendsDataToHost ? mostDataGas(settlement.calldata) : 0
    let proof = sequence.isProved ? prover.verificationGas : proposer.claimGas
    let most = max(
      holdsData ? carried + proof : max(carried, proof),
      sequence.executes ? effectGas : hosting.withdrawalGas, bridge.proveGas,
      bridge.delaysPayment ? hosting.withdrawalGas : 0)
    let gasOfData = sendsDataToHost ? ["poster.calldata_bytes", "poster.gas"] : []
    expect(
      most <= host.transactionGasLimit,
      CheckedPaths(gasOfData + ["proposer.gas", "prover.gas", "bridge", "host", "data"]),
      "expected transactions of at most the \(host.transactionGasLimit) gas of a block of "
        + "'\(host.name)'; one takes \(most)")
    let bytesOfData = sendsDataToHost ? ["poster.calldata_bytes"] : []
    let bytes = mostBytesToHost
    expect(
      bytes <= host.rawBytesLimit,
      CheckedPaths(bytesOfData + ["envelope_bytes", "host", "data"]),
      "expected transactions of at most the \(host.rawBytesLimit) B that a batch of "
        + "'\(host.name)' has room for; one takes \(bytes)")
  }
}
