import EventKernel
import Randomness
import Settlement
import Statistics
import Worlds

/// The smallest world around the settlement chain that users run: equal transactions in, times out.
struct ChainProbe: EventHandling, ~Copyable {
  enum Event: CarriesSettlementEvents {
    case settlement(SettlementEvent)
    case submit

    /// As in `RollupWorld`: what is handed over at the instant of a slot waits for the next one.
    var phase: UInt8 {
      switch self {
      case .settlement: 0
      case .submit: 1
      }
    }

    var code: UInt64 { UInt64(phase) }
  }

  /// When transactions are submitted after a slot, counted from 0, and before the next one.
  typealias Load = (_ slot: Int, _ stream: inout RandomStream) -> [SimDuration]

  private(set) var chain: SettlementChain
  /// Slots that have begun.
  private(set) var slots = 0
  /// Time from submission to inclusion [s].
  private(set) var inclusion = Tally()
  /// 1 for each transaction that waited longer than the patience, 0 for any other.
  private(set) var late = Tally()
  /// Time from inclusion to finality [s].
  private(set) var finality = Tally()
  /// How many transactions waited when a slot began, before its block.
  private(set) var waiting = Tally()

  private let transaction: SettlementTransaction
  private let load: Load
  private var stream: RandomStream
  /// Slots before it are not tallied in `waiting`.
  private let warmUp: Int
  private let patience: SimDuration

  mutating func handle(_ event: Event, _ scheduler: inout Scheduler<Event>) {
    switch event {
    case .submit:
      chain.submit(transaction, at: scheduler.now)
    case .settlement(let event):
      if slots >= warmUp { waiting.record(Double(chain.pendingCount)) }
      _ = chain.handle(event, &scheduler)
      for receipt in chain.receipts {
        let delay = scheduler.now - receipt.submittedAt
        inclusion.record(delay.seconds)
        late.record(delay > patience ? 1 : 0)
      }
      for receipt in chain.finalised {
        finality.record((scheduler.now - receipt.includedAt).seconds)
      }
      for offset in load(slots, &stream) { scheduler.schedule(.submit, after: offset) }
      slots += 1
    }
  }

  private init(
    _ policy: SettlementPolicy, blobs: UInt64, warmUp: Int, patience: SimDuration, seed: UInt64,
    replication: UInt64, load: @escaping Load
  ) {
    chain = SettlementChain(policy, seed: seed, replication: replication)
    transaction = SettlementTransaction(
      kind: .data, reference: 0, gas: policy.calldata.transactionGas, blobs: blobs,
      bid: Bid(feeCap: .max, tip: 0, blobFeeCap: .max))
    stream = RandomStream(seed: seed, replication: replication, name: "oracle.submissions")
    self.load = load
    self.warmUp = warmUp
    self.patience = patience
  }

  /// A chain that begins with slot 0 at the start of time, and what is submitted to it.
  static func simulation(
    _ policy: SettlementPolicy, blobs: UInt64 = 0, warmUp: Int = 0,
    patience: SimDuration = .zero, seed: UInt64 = 1, replication: UInt64 = 0, load: @escaping Load
  ) -> Simulation<ChainProbe> {
    var simulation = Simulation(
      ChainProbe(
        policy, blobs: blobs, warmUp: warmUp, patience: patience, seed: seed,
        replication: replication, load: load))
    simulation.model.chain.start(&simulation.scheduler)
    return simulation
  }
}

extension SettlementPolicy {
  /// The chain with nobody else on it, without missed slots, whose builders leave nothing out.
  var quiet: SettlementPolicy {
    var policy = self
    policy.missedSlots = 0
    policy.demand.level = 0
    policy.blobDemand.level = 0
    policy.competition.blobless = 0
    return policy
  }

  /// The middle of the time between two slots.
  var halfSlot: SimDuration { SimDuration(nanoseconds: slot.nanoseconds / 2) }
}
