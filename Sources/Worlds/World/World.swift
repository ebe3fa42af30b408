import EventKernel
import Ledger
import Randomness
import Rollup
import Settlement

/// A settlement chain, rollups on it and on each other, and services that they share: the mail room.
///
/// Who hosts whom and who serves whom is known here, and nothing else. A rollup hands out transactions
/// for its host and batches for a prover service; what becomes of them is brought back to it.
public struct World: EventHandling, ~Copyable {
  package let scenario: Scenario
  /// The submission instants of the transactions that count in measures.
  let measured: Range<SimTime>
  /// Who hosts whom, who serves whom.
  package let topology: Topology
  /// What all this settles on.
  public internal(set) var settlement: SettlementChain
  /// The whole rollups, in the order of their names.
  package internal(set) var journeys: UniqueArray<Journey>
  /// The services, in the order of their names.
  package internal(set) var services: UniqueArray<ProverService>
  /// What those of them post that share blobs, by the same places.
  var sharedBlobs: [SharedBlobs]
  /// The light rollups.
  var neighbours: NeighbourRollups
  /// What measures of the settlement chain are made of.
  var market = MarketRecord()
  /// How the transactions of light rollups were included.
  var neighbourInclusions = InclusionRecord()
  /// Fees on a grid, where a run was asked for them.
  var feePath: FeePath?
  /// Who paid whom for what, of what no whole rollup pays.
  var ledger = Ledger()
  /// The rollups that need nothing more; nil before.
  var finished: [FinishedRollup?]
  /// Whether the clock is between warm-up and horizon.
  var isMeasuring = false
  /// Whether the horizon has passed.
  var isCoolingDown = false

  // MARK: Events

  /// Applies one event.
  public mutating func handle(_ event: WorldEvent, _ scheduler: inout Scheduler<WorldEvent>) {
    switch event {
    case .sequencer(.seal, let rollup): seal(Int(rollup.number), &scheduler)
    case .sequencerSet(let event, let rollup):
      journeys[Int(rollup.number)].handle(event, &scheduler)
      deliver(from: Int(rollup.number), &scheduler)
    case .batchPoster(let event, let rollup):
      journeys[Int(rollup.number)].closeBatch(event, &scheduler)
      deliver(from: Int(rollup.number), &scheduler)
    case .neighbour(let event):
      let post = neighbours.handle(event, blobBaseFee: settlement.blobBaseFee, &scheduler)
      if let post { submit(post, at: scheduler.now) }
    case .deposit(let event, let rollup):
      journeys[Int(rollup.number)].sendDeposit(event, &scheduler)
      deliver(from: Int(rollup.number), &scheduler)
    case .settlement(let event): settle(event, &scheduler)
    case .prover(let event, let rollup):
      journeys[Int(rollup.number)].prove(event, &scheduler)
      deliver(from: Int(rollup.number), &scheduler)
    case .proverService(let event, let service): serve(event, Int(service.number), &scheduler)
    case .sharedBlobs(let event, let service):
      if let post = sharedBlobs[Int(service.number)].handle(event, at: scheduler.now) {
        submit(post, of: Int(service.number), at: scheduler.now)
      }
    case .stateProposer(let event, let rollup):
      journeys[Int(rollup.number)].propose(event, &scheduler)
      deliver(from: Int(rollup.number), &scheduler)
    case .bridge(let event, let rollup):
      let place = Int(rollup.number)
      journeys[place].handle(event, height: number(hosting: place), &scheduler)
      deliver(from: place, &scheduler)
    case .change(let terms, let rollup):
      let place = Int(rollup.number)
      journeys[place].change(to: Int(terms), &scheduler)
      deliver(from: place, &scheduler)
    case .exits(let event, let rollup):
      journeys[Int(rollup.number)].leave(event, at: scheduler.now)
      deliver(from: Int(rollup.number), &scheduler)
    case .fastExit(let event, let rollup):
      journeys[Int(rollup.number)].handle(event, &scheduler)
      deliver(from: Int(rollup.number), &scheduler)
    case .call(let event, let rollup): handle(event, of: Int(rollup.number), &scheduler)
    case .forced(let event, let rollup):
      let place = Int(rollup.number)
      journeys[place].force(event, height: number(hosting: place), at: scheduler.now)
      deliver(from: place, &scheduler)
    case .upgrades(let event, let rollup):
      let place = Int(rollup.number)
      journeys[place].handle(event, height: number(hosting: place), &scheduler)
      deliver(from: place, &scheduler)
    case .machines(let event, let rollup):
      let place = Int(rollup.number)
      let owesBlock = journeys[place].handle(
        event, height: number(hosting: place), &scheduler)
      if owesBlock { seal(place, &scheduler) } else { deliver(from: place, &scheduler) }
    case .dataLayer(let event, let rollup):
      journeys[Int(rollup.number)].keepData(event, &scheduler)
      deliver(from: Int(rollup.number), &scheduler)
    case .measurement(let event): measure(event, at: scheduler.now)
    }
    if isCoolingDown { noteFinished(at: scheduler.now) }
  }

  // MARK: Blocks of rollups

  private mutating func seal(_ place: Int, _ scheduler: inout Scheduler<WorldEvent>) {
    let hasBusyGuests =
      topology.isHost[place] && hasBusyGuests(place)
      || topology.blobServices[place] != nil && hasWaitingPeers(place)
    journeys[place].seal(
      hasBusyGuests: hasBusyGuests, number: number(hosting: place), &scheduler)
    deliver(from: place, &scheduler)
    if topology.isHost[place] { matureGuests(of: place, &scheduler) }
  }

  // MARK: Settlement blocks

  private mutating func settle(
    _ event: SettlementEvent, _ scheduler: inout Scheduler<WorldEvent>
  ) {
    let now = scheduler.now
    if feePath?.isDue(at: now) == true {
      let earned = operatorsUSD(at: now)
      feePath?.sample(settlement, operatorsUSD: earned, at: now)
    }
    let before = settlement.height
    offerExits(at: now)
    let hasBlock = settlement.handle(event, &scheduler)
    for receipt in settlement.reorganised where receipt.transaction.kind.isOfService {
      dropShared(receipt)
    }
    for receipt in settlement.reorganised where receipt.transaction.kind.isOfRollup {
      journeys[Int(receipt.transaction.rollup.number)].reorganise(receipt)
    }
    if hasBlock, settlement.height <= before {
      for place in journeys.indices where topology.hosts[place] == nil {
        journeys[place].reopenWindows(at: settlement.height)
      }
    }
    let block = BlockPlace(time: now, height: settlement.height)
    for receipt in settlement.receipts where receipt.transaction.kind.isOfService {
      includeShared(receipt, in: block, &scheduler)
    }
    for receipt in settlement.receipts where receipt.transaction.kind.isOfRollup {
      journeys[Int(receipt.transaction.rollup.number)].include(receipt, in: block, &scheduler)
    }
    for receipt in settlement.secured where receipt.transaction.kind == .sharedData {
      secureShared(receipt, at: now)
    }
    for receipt in settlement.secured where receipt.transaction.kind.isOfRollup {
      journeys[Int(receipt.transaction.rollup.number)].secure(receipt, at: now)
    }
    for receipt in settlement.finalised { settle(receipt, at: now) }
    for place in journeys.indices where topology.hosts[place] == nil {
      let isBereft = topology.isHost[place] && journeys[place].makesNoBlocks
      if isBereft { passTime(over: place, at: now) }
      journeys[place].endBlock(at: now, height: settlement.height, &scheduler)
      if isBereft {
        deliver(from: place, &scheduler)
        matureGuests(of: place, &scheduler)
      }
    }
    if hasBlock { showFees(&scheduler) }
    for place in journeys.indices { deliver(from: place, &scheduler) }
    market.reorganise(settlement.reorganised.count)
    if isMeasuring { market.slot(hasBlock: hasBlock, settlement) }
  }

  /// Offers for the next block what those want who leave.
  private mutating func offerExits(at now: SimTime) {
    for place in journeys.indices
    where journeys[place].present.hasExits && journeys[place].exits.isGoingOn {
      settlement.offer(
        journeys[place].exitOffers(
          atBaseFee: settlement.baseFee, gasLimit: settlement.policy.gasLimit, at: now))
    }
  }

  /// Shows rollups that post on the settlement chain, and look at fees, what its next block charges.
  private mutating func showFees(_ scheduler: inout Scheduler<WorldEvent>) {
    for place in journeys.indices
    where topology.postsOnSettlement[place] && journeys[place].observesFees {
      journeys[place].observe(
        ObservedFees(baseFee: settlement.baseFee, blobBaseFee: settlement.blobBaseFee), &scheduler)
    }
  }

  /// What stood in a block is certain once the block is final.
  private mutating func settle(_ receipt: SettlementReceipt, at now: SimTime) {
    let times = SettledTimes(
      posted: receipt.submittedAt, included: receipt.includedAt, settled: now)
    if receipt.transaction.kind.isOfService { return settleShared(receipt, times) }
    guard receipt.transaction.kind == .neighbourData else {
      journeys[Int(receipt.transaction.rollup.number)].settle(receipt, times)
      return
    }
    neighbourInclusions.settle(receipt)
    ledger.enter(receipt, by: .neighbours, for: .neighbourData)
  }

  /// What the host of a rollup tells contracts as the number of its last block.
  private func number(hosting place: Int) -> Int {
    topology.hosts[place].map { journeys[$0].guests.number } ?? settlement.height
  }

  private mutating func submit(_ post: NeighbourPost, at now: SimTime) {
    let policy = neighbours.policy(of: post.rollup)
    let bid = Bid(feeCap: policy.feeCap, tip: policy.tip, blobFeeCap: policy.blobFeeCap)
    let gas = scenario.settlement.calldata.gas(
      zeroBytes: 0, nonZeroBytes: 0, execution: policy.gas)
    for blobs in post.blobs {
      settlement.submit(
        SettlementTransaction(
          kind: .neighbourData, of: RollupID(journeys.count + post.rollup), reference: post.rollup,
          gas: gas, blobs: blobs, bid: bid), at: now)
    }
  }

  // MARK: Mail

  /// Brings what a rollup hands out to its host or to the settlement chain, to the service that proves it, and to its
  /// guests.
  @inline(__always)
  mutating func deliver(from place: Int, _ scheduler: inout Scheduler<WorldEvent>) {
    if journeys[place].hasMail { deliverMail(from: place, &scheduler) }
  }

  private mutating func deliverMail(from place: Int, _ scheduler: inout Scheduler<WorldEvent>) {
    if !journeys[place].outbox.isEmpty { emptyOutbox(of: place, &scheduler) }
    if journeys[place].present.hasCalls { expectCalls(of: place, &scheduler) }
    if !journeys[place].proofRequests.isEmpty { requestProofs(of: place, &scheduler) }
    if !journeys[place].claimsToShare.isEmpty { shareClaims(of: place, &scheduler) }
    if !journeys[place].dataToShare.isEmpty { shareData(of: place, &scheduler) }
    if !journeys[place].guests.news.isEmpty { tellGuests(of: place, &scheduler) }
  }

  /// Data of a rollup on a rollup can go to the settlement chain, while its claims go to its host.
  private mutating func emptyOutbox(
    of place: Int, _ scheduler: inout Scheduler<WorldEvent>
  ) {
    for index in journeys[place].outbox.indices {
      let transaction = journeys[place].outbox[index]
      if let host = topology.hosts[place],
        !scenario.rollups[place].sendsToSettlement(transaction.kind)
      {
        journeys[host].accept(transaction, by: scenario.rollups[place].hosting, &scheduler)
      } else {
        settlement.submit(transaction, at: scheduler.now)
      }
    }
    journeys[place].outbox.removeAll(keepingCapacity: true)
  }

  private mutating func tellGuests(
    of host: Int, _ scheduler: inout Scheduler<WorldEvent>
  ) {
    let news = journeys[host].guests.news
    journeys[host].guests.news.removeAll(keepingCapacity: true)
    for item in news {
      let guest = Int(item.receipt.transaction.rollup.number)
      journeys[guest].hear(item, at: scheduler.now, &scheduler)
      deliver(from: guest, &scheduler)
    }
  }

  /// While nobody makes blocks of a host, its guests' contracts see time pass with settlement blocks: by their number, or
  /// where blocks follow from the settlement chain, by the number that those have by now.
  private mutating func passTime(over host: Int, at now: SimTime) {
    let policy = scenario.rollups[host].sequencer
    if policy.blockNumber == .host {
      journeys[host].guests.pass(number: settlement.height)
    } else if scenario.rollups[host].forced.rule == .derivation {
      journeys[host].guests.passBlocks(every: policy.blockInterval, at: now)
    }
  }

  private mutating func matureGuests(
    of host: Int, _ scheduler: inout Scheduler<WorldEvent>
  ) {
    for guest in topology.guests[host] {
      journeys[guest].endBlock(
        at: scheduler.now, height: journeys[host].guests.number, &scheduler)
      deliver(from: guest, &scheduler)
    }
  }

  /// Whether a rollup above a host still needs its blocks, which one that is done hands on.
  private func hasBusyGuests(_ host: Int) -> Bool {
    topology.guests[host].contains { finished[$0] == nil || hasBusyGuests($0) }
  }

  /// Whether a rollup that shares blobs with this one has measured data that is not on the chain for good: when its
  /// blobs are full depends on what others send.
  private mutating func hasWaitingPeers(_ place: Int) -> Bool {
    for peer in journeys.indices
    where topology.blobServices[peer] == topology.blobServices[place]
      && !journeys[peer].hasSettledMeasured()
    {
      return true
    }
    return false
  }

  // MARK: Prover services

  private mutating func requestProofs(
    of place: Int, _ scheduler: inout Scheduler<WorldEvent>
  ) {
    guard let service = topology.services[place] else {
      preconditionFailure("a rollup without a prover service asks for a proof")
    }
    let requests = journeys[place].proofRequests
    journeys[place].proofRequests.removeAll(keepingCapacity: true)
    for request in requests {
      services[service].accept(
        request, of: journeys[place].rollup, &scheduler)
      noteStarted(by: service)
    }
  }

  private mutating func serve(
    _ event: ProverServiceEvent, _ service: Int, _ scheduler: inout Scheduler<WorldEvent>
  ) {
    let decision = services[service].handle(event, &scheduler)
    noteStarted(by: service)
    switch decision {
    case .none: break
    case .proved(let job): take(job, of: service, &scheduler)
    case .shared(let proof): verify(proof, of: service, at: scheduler.now)
    }
  }

  private mutating func take(
    _ job: ProverService.Job, of service: Int, _ scheduler: inout Scheduler<WorldEvent>
  ) {
    let place = Int(job.rollup.number)
    let terms = journeys[place].terms(ofBatch: job.batch)
    services[service].earn(journeys[place].rent(for: job.machineTime, under: terms.scenario))
    journeys[place].take(task: job.task, &scheduler)
    deliver(from: place, &scheduler)
  }

  private mutating func noteStarted(by service: Int) {
    for job in services[service].started {
      journeys[Int(job.rollup.number)].noteProofBegan(job.batch, after: job.queueTime)
    }
  }

  // MARK: Begin and end

  /// Schedules what every part does first.
  public mutating func start(_ scheduler: inout Scheduler<WorldEvent>) {
    scheduler.schedule(.measurement(.begins), at: measured.lowerBound)
    scheduler.schedule(.measurement(.ends), at: measured.upperBound)
    settlement.start(&scheduler)
    showFees(&scheduler)
    neighbours.start(&scheduler)
    for place in journeys.indices { journeys[place].start(&scheduler) }
  }

  private mutating func measure(_ event: MeasurementEvent, at now: SimTime) {
    isMeasuring = event == .begins
    for place in journeys.indices { journeys[place].measure(event, at: now) }
    for place in services.indices {
      services[place].window(begins: isMeasuring, at: now)
      sharedBlobs[place].window(begins: isMeasuring)
    }
  }

  /// From now on rollups that need nothing more are finished.
  mutating func beginCoolDown(at now: SimTime) {
    isCoolingDown = true
    noteFinished(at: now)
  }

  /// A rollup's figures are those at the moment when it needs nothing more, whatever others still do.
  private mutating func noteFinished(at now: SimTime) {
    for place in journeys.indices where finished[place] == nil && journeys[place].isFinished {
      finished[place] = FinishedRollup(summary(of: place, at: now))
    }
  }
}
