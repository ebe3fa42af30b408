import Declarations
import EventKernel
import Rollup
import Settlement

/// A scenario that can be run.
///
/// Only `Scenario.validated()` makes one, and worlds accept nothing else.
public struct ValidScenario: Sendable {
  /// The values.
  public let scenario: Scenario
  /// What the scenario names.
  public let shape: WorldShape

  fileprivate init(_ scenario: Scenario, _ shape: WorldShape) {
    self.scenario = scenario
    self.shape = shape
  }
}

/// What is wrong with a scenario: all of it at once.
public struct InvalidScenario: Error, Equatable {
  /// Every problem found.
  public let problems: [FailedExpectation]
}

extension Scenario {
  /// Checks what single values cannot show: ranges and how parameters fit together.
  ///
  /// - Parameter shape: what the scenario names, which decides the order of results.
  /// - Throws: `InvalidScenario` with every problem.
  public func validated(
    _ shape: WorldShape = .single
  ) throws(InvalidScenario) -> ValidScenario {
    precondition(
      shape.rollups.count == rollups.count && shape.services.count == services.count,
      "a scenario of another shape")
    var expect = Expectations()
    checkRun(&expect)
    for rollup in rollups { rollup.check(settlement, &expect) }
    expect.under("settlement") { settlement.check(&$0) }
    checkNeighbours(&expect)
    for service in services {
      expect.under("services.\(service.name)") { service.check(settlement, &$0) }
    }
    expect((0.01...1e9).contains(usdPerEther), "prices.eth", "expected from 0.01 to 1e9 USD")
    checkHosts(&expect)
    for rollup in rollups { rollup.checkLosses(guests(of: rollup.name), &expect) }
    for rollup in rollups { rollup.checkTurns(&expect) }
    for rollup in rollups where rollup.calls.rate > 0 { checkCalls(of: rollup, &expect) }
    for rollup in rollups { checkFit(of: rollup, &expect) }
    checkFidelity(&expect)
    if expect.failed.isEmpty {
      for rollup in rollups { checkRoom(of: rollup, &expect) }
      for place in rollups.indices { checkChanges(ofRollupAt: place, &expect) }
      checkNeighbourCaps(&expect)
    }
    guard expect.failed.isEmpty else { throw InvalidScenario(problems: expect.failed) }
    return ValidScenario(self, shape)
  }

  private func checkRun(_ expect: inout Expectations) {
    expect(warmUp < horizon, ["horizon", "warmup"], "expected a horizon after the warm-up")
  }

  /// Whether a service verifies proofs of several rollups together.
  func sharesProofs(_ service: Int?) -> Bool {
    service.map { services[$0].policy.sharedProof.isUsed } ?? false
  }

  /// Every rollup stands on the settlement chain in the end, and its host has room for what it sends.
  private func checkHosts(_ expect: inout Expectations) {
    let topology = Topology(self)
    for (place, rollup) in rollups.enumerated() {
      let path = WorldShape.path(ofRollup: rollup.name)
      expect(
        rollup.hosting.isOnSettlement || topology.hosts[place] != nil, "\(path).host",
        "expected '\(Hosting.settlement)' or a rollup; none is called '\(rollup.hosting.host)'")
      expect(
        rollup.proving.isOwn || topology.services[place] != nil, "\(path).prover.service",
        "expected '\(Proving.own)' or a service that proves; none is called "
          + "'\(rollup.proving.service)'")
      expect(
        !rollup.poster.sharesBlobs || topology.blobServices[place] != nil,
        "\(path).poster.service",
        "expected '\(BatchPoster.Policy.own)' or a service of kind blobs; none is called "
          + "'\(rollup.poster.service)'")
      guard topology.depths[place] < rollups.count else {
        expect(
          false, "\(path).host",
          "expected a host that stands on the settlement chain; these form a circle")
        continue
      }
      expect(
        topology.depths[place] <= WorldEvent.deepest, "\(path).host",
        "expected at most \(WorldEvent.deepest + 1) layers on the settlement chain")
      expect(
        rollup.hosting.isOnSettlement || !sharesProofs(topology.services[place]),
        ["\(path).host", "\(path).prover.service"],
        "expected a rollup on the settlement chain: the service verifies its proofs there, together "
          + "with those of others")
      expect(
        !rollup.bridge.earlyProof || !sharesProofs(topology.services[place]),
        ["\(path).bridge.early_proof", "\(path).prover.service"],
        "expected provers that share no proof: one that ends a window is of this rollup's claim")
      expect(
        rollup.hosting.isOnSettlement || !rollup.poster.sharesBlobs,
        ["\(path).host", "\(path).poster.service"],
        "expected a rollup on the settlement chain: the service posts its data there")
      guard let host = topology.hosts[place].map({ rollups[$0] }) else { continue }
      expect.under(path) { rollup.check(on: host, settlement, &$0) }
    }
  }
}

extension RollupScenario {
  /// Lists what each part expects: one line for each.
  func check(_ settlement: SettlementPolicy, _ expect: inout Expectations) {
    expect.under(WorldShape.path(ofRollup: name)) { expect in
      expect.under("workload") { workload.check(&$0) }
      expect.under("sequencer") { sequencer.check(&$0) }
      expect.under("execution") { execution.check(&$0) }
      checkExecution(&expect)
      expect.under("ordering") { ordering.check(&$0) }
      expect.under("searchers") { ordering.searchers.check(&$0) }
      expect.under("spam") { ordering.spam.check(&$0) }
      expect.under("sequencer.set") { sequencerSet.check(&$0) }
      checkSequencers(settlement, &expect)
      expect.under("poster") { poster.check(&$0) }
      expect.under("data") { data.check(&$0) }
      expect.under("bid") { bid.check(&$0) }
      expect.under("deposits") { deposits.check(&$0) }
      expect.under("exits") { exits.check(&$0) }
      expect.under("fast_exits") { fastExits.check(&$0) }
      expect.under("calls") { calls.check(&$0) }
      expect.under("damm") { market.check(&$0) }
      checkMarket(&expect)
      expect.under("fees") { fees.check(&$0) }
      expect.under("data_fees") { dataFees.check(&$0) }
      expect.under("operator") { `operator`.check(&$0) }
      checkBusiness(&expect)
      expect.under("token") { token.check(&$0) }
      expect.under("censorship") { censorship.check(&$0) }
      expect.under("forced") { forced.check(&$0) }
      expect.under("nodes") { nodes.check(&$0) }
      expect.under("nodes") { machines.check(&$0) }
      expect.under("origins") { origins.check(&$0) }
      checkOrigins(&expect)
      expect.under("upgrades") { upgrades.check(&$0) }
      checkUpgrades(&expect)
      expect.under("batch_fee") { batchFee.check(&$0) }
      checkAggregation(&expect)
      if proves { expect.under("prover") { prover.check(&$0) } }
      if bridge.earlyProof { checkEarlyProofs(&expect) }
      if !sequence.isProved {
        expect.under("proposer") { proposer.check(&$0) }
        expect.under("bridge") { bridge.check(&$0) }
        expect.under("dispute") { disputes.check(&$0) }
        expect.under("adversary") { adversary.check(&$0) }
        expect.under("watchers") { watchers.check(&$0) }
      }
    }
  }

  /// What is paid for a block is reckoned when it is confirmed, when another may have been proposed.
  fileprivate func checkTurns(_ expect: inout Expectations) {
    guard sequencerSet.isSet else { return }
    expect(
      !ordering.happens, ["\(pathPrefix)sequencer.set.kind", "\(pathPrefix)ordering.rule"],
      "expected one operator where blocks have an order of their own, or nobody who pays for it")
    expect(
      !workload.hasAttack, ["\(pathPrefix)sequencer.set.kind", "\(pathPrefix)workload.mix.attack"],
      "expected one operator where attacks are told from users, or no attacks")
  }

  /// Fees for data are those of users who pay for what is in their block.
  fileprivate func checkBusiness(_ expect: inout Expectations) {
    expect(
      !`operator`.canFail || !proves || prover.rented != .always,
      ["operator.cash", "prover.rented"],
      "expected provers that are paid for while they work: those that are rented are paid at the end"
    )
    expect(
      !token.usesFees || token.paysForGas
        || `operator`.burned + `operator`.shared + token.useShare <= 1 + 1e-12,
      ["token.use_share", "operator.burned", "operator.shared"],
      "expected no more than all fees")
    guard chargedDataFees.happens else { return }
    expect(
      !poster.sharesBlobs && data.mode != .external,
      ["data_fees.rule", "poster.service", "data.mode"],
      "expected data that the rollup itself posts on the settlement chain, whose costs they follow")
    expect(
      !ordering.happens, ["data_fees.rule", "ordering.rule"],
      "expected blocks in the order of submission: those who pay for the order pay for no data")
    expect(
      !machines.loses, ["data_fees.rule", "nodes.loss"],
      "expected no lost confirmations: what was paid for their data cannot be told from the rest")
  }

  /// Origins are blocks of the settlement chain.
  fileprivate func checkOrigins(_ expect: inout Expectations) {
    guard origins.follow else { return }
    expect(
      hosting.isOnSettlement, ["origins.follow", "host"],
      "expected a rollup on the settlement chain: a host that is a rollup drops nothing that it has confirmed"
    )
  }

  /// What is lost of a rollup must be of its own users alone.
  fileprivate func checkLosses(_ guests: [String], _ expect: inout Expectations) {
    guard machines.loses else { return }
    expect(
      guests.isEmpty, "\(pathPrefix)nodes.loss",
      "expected 0 where rollups settle on this one: what is lost would be theirs")
    expect(
      !fastExits.happens, "\(pathPrefix)nodes.loss",
      "expected 0 with fast exits, whose withdrawals could be lost")
    expect(
      !data.withholding.happens, "\(pathPrefix)nodes.loss",
      "expected 0 with data.withholding, which counts value that could be lost")
  }
}
