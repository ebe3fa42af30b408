import EventKernel
import Ledger
import Randomness

/// What a data layer schedules for itself.
public enum DataLayerEvent: BitwiseCopyable, Sendable {
  /// An event of its committee.
  case committee(CommitteeEvent)
  /// An event of a chain that keeps the data.
  case external(ExternalChainEvent)
  /// The operator stops handing out data, or somebody makes up for it.
  case withholding(WithholdingEvent)
}

/// How withholding goes on.
public enum WithholdingEvent: BitwiseCopyable, Sendable {
  /// The operator hands out no data any more.
  case begins
  /// Somebody has rebuilt the state from what is to be had.
  case rebuilt
  /// The operator hands out data again.
  case ends
}

/// An event type that can carry the events of data layers.
public protocol CarriesDataLayerEvents: SimulationEvent {
  /// Wraps an event of a rollup's data layer.
  static func dataLayer(_ event: DataLayerEvent, of rollup: RollupID) -> Self
}

/// A batch of a rollup on its way to whoever keeps its data.
public struct DataBatch: Sendable {
  /// Its transactions.
  public let count: Int
  /// Its bytes after compression.
  public let bytes: UInt64

  /// A batch of so many transactions and bytes.
  public init(count: Int, bytes: UInt64) {
    self.count = count
    self.bytes = bytes
  }
}

/// Where the data of a rollup goes: which batches may be handed to the host, because whoever keeps the rest of
/// their data has said so.
///
/// Batches are numbered in the order in which they are closed, and handed over in that order.
public struct DataLayer: ~Copyable {
  private struct Entry {
    let closedAt: SimTime
    let isMeasured: Bool
    var isReady = false
  }

  /// What is remembered of a batch until its block is final, where data can be withheld.
  private struct Kept {
    let count: Int
    let others: Int
    /// Who has signed that they have its data, as bits.
    var signers: UInt64 = 0
    /// When a chain that keeps data had it in a block.
    var keptAt = SimTime.start
    var isSettled = false
  }

  /// What was paid for the data of a batch to a chain that keeps it.
  public struct Payment: Sendable {
    /// The batch.
    public let batch: Int
    /// In coins of that chain.
    public let coins: Double
  }

  /// What the scenario says about it.
  public let policy: DataPolicy
  /// Batches before this one may be handed to the host.
  public private(set) var firstNotReady = 0
  /// The host knows of batches before this one that their data is kept, as proofs need.
  public private(set) var firstNotAttested = 0
  /// What the last event has to be paid for.
  public private(set) var payments: [Payment] = []
  /// What the run remembers of it.
  public private(set) var record = DataRecord()
  /// The committee; one that nobody asks where there is none.
  public private(set) var committee: Committee
  private var external: ExternalChain
  private let rollup: RollupID
  private let end: SimTime
  /// Batches that wait for somebody beside the host, or for one that does.
  private var waiting = FIFOQueue<Entry>()
  /// Batches of whose value is not known whether it can be lost.
  private var kept = FIFOQueue<Kept>()
  /// Whose balances can be proved.
  private var value = ValueAccount()
  private let withheldAt: SimTime
  /// The members that hand out what they have, as bits.
  private let honestMembers: UInt64
  private var splitStream: RandomStream

  /// A data layer that has no batch.
  ///
  /// - Parameters:
  ///   - end: what lies behind is not measured.
  ///   - isAligned: whether what recurs begins with the run, and not at random phases.
  public init(
    _ policy: DataPolicy, of rollup: RollupID, until end: SimTime, isAligned: Bool,
    _ streams: StreamSource
  ) {
    self.policy = policy
    self.rollup = rollup
    self.end = end
    committee = Committee(policy.committee, streams)
    external = ExternalChain(policy.external, isAligned: isAligned, streams)
    splitStream = streams.stream("data.split")
    var withholding = streams.stream("data.withholding")
    (withheldAt, honestMembers) = policy.withholding.drawn(
      members: policy.committee.members, &withholding)
  }

  /// Schedules what it does first.
  public mutating func start<E: CarriesDataLayerEvents>(_ scheduler: inout Scheduler<E>) {
    if policy.withholding.happens, withheldAt < end {
      scheduler.schedule(.dataLayer(.withholding(.begins), of: rollup), at: withheldAt)
    }
    guard policy.hasCommittee else { return }
    committee.start(rollup, &scheduler)
    record.committee(isAvailable: committee.isAvailable, at: scheduler.now)
  }

  // MARK: Batches

  /// Takes the next batch.
  ///
  /// - Returns: those of its transactions whose data stays off the host.
  public mutating func accept<E: CarriesDataLayerEvents>(
    _ batch: DataBatch, _ scheduler: inout Scheduler<E>
  ) -> Int {
    let others = othersOf(batch.count)
    if policy.withholding.happens {
      kept.append(Kept(count: batch.count, others: others))
      value.accept(batch.count)
    }
    guard !policy.isOnChain else {
      firstNotReady += 1
      return others
    }
    let number = waiting.append(
      Entry(closedAt: scheduler.now, isMeasured: record.isMeasuring, isReady: others == 0))
    if policy.mode == .external {
      external.accept(number, bytes: batch.bytes, rollup, &scheduler)
    } else if others > 0 {
      committee.request(number, rollup, &scheduler)
    }
    advance()
    return others
  }

  /// How many transactions of a batch keep their data off the host: each does so by itself.
  private mutating func othersOf(_ count: Int) -> Int {
    switch policy.mode {
    case .host, .settlement: 0
    case .committee, .external: count
    case .volition: splitStream.binomial(count, policy.offHost)
    }
  }

  /// Moves the data layer on by one event.
  ///
  /// - Parameter unclosed: transactions in blocks that are in no batch.
  public mutating func handle<E: CarriesDataLayerEvents>(
    _ event: DataLayerEvent, unclosed: Int, _ scheduler: inout Scheduler<E>
  ) {
    payments.removeAll(keepingCapacity: true)
    switch event {
    case .committee(let event):
      let certificate = committee.handle(event, rollup, &scheduler)
      record.committee(isAvailable: committee.isAvailable, at: scheduler.now)
      if policy.withholding.happens { value.handOut(up: upMembers, at: scheduler.now) }
      guard let certificate else { return }
      if policy.withholding.happens { kept[certificate.batch].signers = certificate.signers }
      makeReady(certificate.batch, at: scheduler.now)
    case .external(.block):
      for block in external.makeBlock(rollup, &scheduler) {
        payments.append(
          Payment(batch: block.batch, coins: policy.external.coins(forGas: block.gas)))
        if policy.withholding.happens { kept[block.batch].keptAt = scheduler.now }
        makeReady(block.batch, at: scheduler.now)
      }
    case .external(.attested(let batch)): firstNotAttested = Int(batch) + 1
    case .withholding(let event): withhold(event, unclosed: unclosed, &scheduler)
    }
  }

  private mutating func makeReady(_ batch: Int, at now: SimTime) {
    waiting[batch].isReady = true
    if waiting[batch].isMeasured { record.certified(after: now - waiting[batch].closedAt) }
    advance()
  }

  /// Batches are handed over in order, so one waits for those before it.
  private mutating func advance() {
    while let head = waiting.head, head.isReady {
      waiting.removeFirst()
      firstNotReady += 1
    }
  }

  /// Batches before this one can be in a claim that proves them.
  public var firstNotProvable: Int {
    policy.mode == .external ? firstNotAttested : firstNotReady
  }

  /// What batches wait for that are not ready.
  public var whatWaits: String {
    policy.mode == .external
      ? "batches wait for blocks of data.external"
      : "batches wait for \(policy.committee.quorum) signatures; \(committee.upCount) of "
        + "\(policy.committee.members) members of data.committee are up"
  }

  /// Notes what a batch with measured transactions keeps off the host.
  public mutating func publish(_ transactions: Int, otherBytes: UInt64) {
    record.publish(transactions, otherBytes: otherBytes)
  }

  /// Notes that the measured window begins or ends.
  public mutating func window(begins: Bool, at now: SimTime) {
    record.window(begins: begins, at: now)
    if !begins { value.closeRecord(at: now) }
    record.frozen = value.record
  }

  // MARK: Withholding

  /// The block that has a batch, or says where it is, is final.
  ///
  /// - Parameters:
  ///   - block: when it was made.
  ///   - inBlobs: whether the host has the data in blobs.
  public mutating func settle(_ batch: Int, in block: SimTime, inBlobs: Bool, at now: SimTime) {
    guard policy.withholding.happens else { return }
    let entry = kept[batch]
    kept[batch].isSettled = true
    while let head = kept.head, head.isSettled { kept.removeFirst() }
    let isExternal = policy.mode == .external
    let keptUntil =
      isExternal
      ? entry.keptAt + policy.external.retention
      : inBlobs ? block + policy.withholding.blobRetention : nil
    value.settle(
      .init(
        onHost: isExternal ? entry.count : entry.count - entry.others, keptUntil: keptUntil,
        others: isExternal ? 0 : entry.others, holders: entry.signers & honestMembers),
      up: upMembers, at: now)
    record.frozen = value.record
  }

  private var upMembers: UInt64 { policy.hasCommittee ? committee.upMembers : 0 }

  private mutating func withhold<E: CarriesDataLayerEvents>(
    _ event: WithholdingEvent, unclosed: Int, _ scheduler: inout Scheduler<E>
  ) {
    let now = scheduler.now
    switch event {
    case .begins:
      value.begin(unclosed: unclosed, up: upMembers, at: now)
      scheduler.schedule(
        .dataLayer(.withholding(.rebuilt), of: rollup), after: policy.withholding.rebuildTime)
      if policy.withholding.lasts > .zero {
        scheduler.schedule(
          .dataLayer(.withholding(.ends), of: rollup), after: policy.withholding.lasts)
      }
    case .rebuilt: value.rebuild(at: now)
    case .ends: value.end(at: now)
    }
    record.frozen = value.record
  }

  /// The share of settled value that nobody can prove at present.
  public var frozenShare: Double { policy.withholding.happens ? value.frozenShare : 0 }

  /// Whether all value is somewhere, with so much in batches whose place is not final.
  public func isConserved(inFlight: Int) -> Bool {
    !policy.withholding.happens || value.isConserved && value.inFlight == inFlight
  }
}

extension DataLayer: Splittable {
  /// A copy in the same state.
  public func copy(drawing draws: Draws) -> DataLayer { DataLayer(copying: self, draws) }

  private init(copying other: borrowing DataLayer, _ draws: Draws) {
    policy = other.policy
    firstNotReady = other.firstNotReady
    firstNotAttested = other.firstNotAttested
    payments = other.payments
    record = other.record
    committee = other.committee.copy(drawing: draws)
    external = other.external.copy(drawing: draws)
    rollup = other.rollup
    end = other.end
    waiting = other.waiting
    kept = other.kept
    value = other.value
    withheldAt = other.withheldAt
    honestMembers = other.honestMembers
    splitStream = other.splitStream.copy(drawing: draws)
  }
}
