import EventKernel
import Ledger
import Randomness
import Rollup
import Settlement

extension World {
  /// Builds the world of one replication.
  ///
  /// - Parameters:
  ///   - feeGrid: how often to note the fees of the settlement chain; nil for not at all.
  ///   - isIndividual: whether all transactions are drawn one by one, whatever the scenario says.
  public init(
    _ valid: ValidScenario, seed: UInt64, replication: UInt64, feeGrid: SimDuration? = nil,
    isIndividual: Bool = false
  ) {
    let scenario = valid.scenario
    let topology = Topology(scenario)
    let measured = SimTime.start + scenario.warmUp..<SimTime.start + scenario.horizon
    let streams = StreamSource(seed: seed, replication: replication)
    self.scenario = scenario
    self.topology = topology
    self.measured = measured
    journeys = UniqueArray(count: scenario.rollups.count) { place in
      let rent = topology.services[place].map { scenario.services[$0].policy.usdPerHour }
      return Journey(
        scenario.rollups[place], topology.rollup(place),
        Surroundings(
          measured: measured,
          fidelity: isIndividual ? .individual : scenario.fidelities[place],
          isHost: topology.isHost[place], calldata: scenario.settlement.calldata,
          sharesProofs: scenario.sharesProofs(topology.services[place]),
          creditOfCalled: scenario.rollups[topology.called[place] ?? place].deposits,
          slot: scenario.settlement.slot,
          fees: ObservedFees(
            baseFee: scenario.settlement.initialBaseFee,
            blobBaseFee: scenario.settlement.initialBlobBaseFee),
          usdPerProverHour: rent, usdPerEther: scenario.usdPerEther,
          startsAt: scenario.settlement.startsAt), scenario.phases, streams)
    }
    services = UniqueArray(count: scenario.services.count) { place in
      let customers = topology.services.indices.filter { topology.services[$0] == place }
      return ProverService(
        scenario.services[place].policy, ServiceID(place),
        customers: customers.map {
          (topology.rollup($0), scenario.rollups[$0].proving.priority)
        }, streams.under("services.\(scenario.services[place].name)"))
    }
    sharedBlobs = scenario.services.indices.map { place in
      SharedBlobs(
        scenario.services[place].sharedBlobs, ServiceID(place),
        gasLimit: scenario.settlement.mostExecution)
    }
    neighbours = NeighbourRollups(scenario.neighbours, streams)
    settlement = SettlementChain(
      scenario.settlement,
      firstSlot: StartPhases(scenario.phases, streams).firstSlot(of: scenario.settlement),
      seed: seed, replication: replication)
    feePath = feeGrid.map { FeePath(every: $0, through: .start + scenario.horizon) }
    finished = [FinishedRollup?](repeating: nil, count: scenario.rollups.count)
  }
}

extension Journey {
  /// A rollup at the start of a replication.
  init(
    _ scenario: RollupScenario, _ rollup: RollupID, _ surroundings: Surroundings,
    _ phases: Scenario.Phases, _ all: StreamSource
  ) {
    let streams = all.under(WorldShape.path(ofRollup: scenario.name))
    let isAligned = phases == .aligned
    let phases = StartPhases(phases, streams)
    terms = scenario.terms.map { Terms($0) }
    current = scenario.place(ofTermsAt: surroundings.startsAt)
    present = terms[current]
    let policy = present.scenario
    self.rollup = rollup
    self.surroundings = surroundings
    firstClaim = phases.firstClaim(every: policy.proposer.interval)
    workload = Workload(
      policy.workload, measured: surroundings.measured,
      needsProverWork: policy.proves,
      needsWrites: scenario.publishesDifferences,
      needsClasses: policy.execution.happens || policy.censorship.kind != .all,
      startsAt: surroundings.startsAt,
      inCohorts: surroundings.fidelity == .cohort, streams)
    record = JourneyRecord(groupSize: policy.workload.arrivals.groupSize)
    let bytes = scenario.leastRawBytes(from: current, in: surroundings)
    sequencer = Sequencer(
      policy.sequencer, of: rollup, transactionBytesLimit: bytes,
      gasLimits: policy.executedGasLimits,
      rests: !surroundings.isHost && !policy.ordering.happens && !policy.market.exists,
      quietRate: policy.sequencer.quietRate(
        policy.workload, transactionBytesLimit: bytes,
        transactions: policy.workload.arrivals.rate * surroundings.measured.upperBound.seconds),
      censor: policy.censorship,
      patience: policy.workload.hasFeeCaps ? policy.fees.patience : nil, streams)
    poster = BatchPoster(
      policy.poster, of: rollup, writingTo: policy.workload.state, firstBatch: phases.firstBatch,
      knowing: policy.postingBasis(in: surroundings), streams)
    prover = Prover(policy.prover, of: rollup, hasPool: policy.proving.isOwn, streams)
    batchFee = BatchFee(policy.batchFee)
    proposer = StateProposer(policy.proposer, of: rollup)
    bridge = Bridge(of: rollup)
    deposits = Deposits(
      policy.deposits, of: rollup, until: surroundings.measured.upperBound, streams)
    rare = RareParts(
      dataLayer: DataLayer(
        policy.data, of: rollup, until: surroundings.measured.upperBound, isAligned: isAligned,
        streams),
      exits: Exits(policy.exits, of: rollup, usdPerEther: surroundings.usdPerEther, streams),
      disputes: Disputes(
        policy.disputes, policy.adversary, policy.watchers, slot: surroundings.slot, streams),
      fastExits: FastExits(
        policy.fastExits, of: rollup, window: surroundings.measured,
        expectedWait: policy.usualWait(slot: surroundings.slot), tip: policy.deposits.tip, streams),
      calls: Calls(
        policy.calls, of: rollup, window: surroundings.measured,
        credit: surroundings.creditOfCalled, streams),
      market: DistributedMarket(policy.market, window: surroundings.measured, streams),
      machines: Machines(policy.machines, of: rollup, window: surroundings.measured, streams),
      dataFees: DataFees(
        policy.chargedDataFees, at: surroundings.fees, carrier: policy.poster.carrier,
        knowsWrites: scenario.publishesDifferences),
      business: Operator(policy.operator, usdPerEther: surroundings.usdPerEther),
      token: Token(policy.token, streams),
      origins: Origins(policy.origins, window: surroundings.measured),
      forced: ForcedInclusion(policy.forced, of: rollup, streams),
      upgrades: Upgrades(
        policy.upgrades, of: rollup, window: surroundings.measured, streams),
      execution: Execution(
        policy.execution, every: policy.executionInterval, window: surroundings.measured, streams),
      ordering: Ordering(
        policy.ordering, window: surroundings.measured, usdPerEther: surroundings.usdPerEther,
        streams),
      sequencerSet: SequencerSet(
        policy.sequencerSet, window: surroundings.measured, usdPerEther: surroundings.usdPerEther,
        streams))
    pricing = GasPricing(policy.fees, GasLoad(policy.workload, policy.sequencer))
  }

  /// Schedules what every part does first.
  mutating func start(_ scheduler: inout Events) {
    deposits.start(&scheduler)
    dataLayer.start(&scheduler)
    exits.start(&scheduler)
    fastExits.start(&scheduler)
    calls.start(&scheduler)
    machines.start(&scheduler)
    upgrades.start(&scheduler)
    showDataFees(at: scheduler.now)
    scheduleBlock(&scheduler)
    if !policy.sequence.isProved { proposer.start(after: firstClaim, &scheduler) }
    scheduleChanges(&scheduler)
  }
}

extension RollupScenario {
  /// Bytes of one transaction that batches have room for under all terms that hold while transactions are
  /// measured.
  fileprivate func leastRawBytes(from first: Int, in surroundings: Surroundings) -> UInt64 {
    let last = place(
      ofTermsAt: surroundings.startsAt
        + (surroundings.measured.upperBound - .start).wholeSeconds)
    return terms[first...max(first, last)].map(\.rawBytesLimit).min() ?? 0
  }
}
