import Rollup
import Settlement

@testable import EventKernel
@testable import Worlds

/// What became of the batches of a layer 3 in a run, noted beside the world: which batch of its host
/// has the data of each, if it does not post that itself, and when the settlement chain had it for good.
struct LayerJournal {
  /// A batch of a rollup when it was closed.
  struct Batch {
    /// Its measured transactions, and the sum of the instants of their submission [ns].
    var count = 0
    var submissions: Int128 = 0
  }

  /// When a batch came to the settlement chain, for good.
  struct Times {
    let posted: SimTime
    let included: SimTime
    let settled: SimTime
  }

  let host: Int
  let guest: Int
  /// Whether layer 3 posts its data on the settlement chain.
  let postsItself: Bool
  /// The batches of layer 3.
  private(set) var batches: [Batch] = []
  /// The batches of each claim of layer 3.
  private(set) var claims: [Range<Int>] = []
  private var hostClaims: [Range<Int>] = []
  /// The batch of the host that has the data of each batch of layer 3.
  private var carriers: [Int: Int] = [:]
  /// When each batch of who posts it was in a settlement block that is final.
  private(set) var times: [Int: [Times]] = [:]
  private var hostBatches = 0
  /// Transactions that re-orgs dropped, and those of them that are of layer 3.
  private(set) var dropped = 0
  private(set) var droppedOfGuest = 0

  init(host: Int, guest: Int, postsItself: Bool = false) {
    (self.host, self.guest, self.postsItself) = (host, guest, postsItself)
  }

  /// Notes what one event changed.
  mutating func note(_ world: borrowing World, _ event: WorldEvent, at now: SimTime) {
    for number in batches.count..<world.journeys[guest].batches.indices.upperBound {
      var batch = Batch()
      world.journeys[guest].batches[number].batch.profile.forEachSpan {
        batch.count += $0.count
        batch.submissions += Int128($0.sum)
      }
      batches.append(batch)
    }
    for number in claims.count..<world.journeys[guest].claims.indices.upperBound {
      claims.append(world.journeys[guest].claims[number].batches)
    }
    for number in hostClaims.count..<world.journeys[host].claims.indices.upperBound {
      hostClaims.append(world.journeys[host].claims[number].batches)
    }
    for number in hostBatches..<world.journeys[host].batches.indices.upperBound {
      for entry in world.journeys[host].batches[number].guests {
        carry(world.journeys[host].guests.receipt(entry).transaction, number)
      }
    }
    hostBatches = world.journeys[host].batches.indices.upperBound
    guard case .settlement = event else { return }
    dropped += world.settlement.reorganised.count
    for receipt in world.settlement.reorganised
    where Int(receipt.transaction.rollup.number) == guest { droppedOfGuest += 1 }
    let poster = postsItself ? guest : host
    for receipt in world.settlement.finalised
    where Int(receipt.transaction.rollup.number) == poster { settle(receipt, at: now) }
  }

  private mutating func carry(_ transaction: SettlementTransaction, _ batch: Int) {
    switch transaction.kind {
    case .data: carriers[transaction.reference] = batch
    case .provenData: for number in claims[transaction.reference] { carriers[number] = batch }
    default: break
    }
  }

  private mutating func settle(_ receipt: SettlementReceipt, at now: SimTime) {
    let times = Times(
      posted: receipt.submittedAt, included: receipt.includedAt, settled: now)
    switch receipt.transaction.kind {
    case .data: self.times[receipt.transaction.reference, default: []].append(times)
    case .provenData:
      for number in hostClaims[receipt.transaction.reference] {
        self.times[number, default: []].append(times)
      }
    default: break
    }
  }

  /// The sum of the latencies of measured transactions to an instant of the batches that carry them [ns];
  /// nil if one has no such batch that is final, or several.
  func latencySum(_ instant: (Times) -> SimTime) -> Int128? {
    var sum = Int128(0)
    for (number, batch) in batches.enumerated() where batch.count > 0 {
      guard let carrier = postsItself ? number : carriers[number], let times = times[carrier],
        times.count == 1
      else { return nil }
      sum += Int128(batch.count) * Int128(instant(times[0]).nanoseconds) - batch.submissions
    }
    return sum
  }
}

extension Simulation where Model == World {
  /// Runs a world to its end, with a look at it after each event, and audits it.
  mutating func runToEnd(
    _ note: (borrowing World, WorldEvent, SimTime) -> Void = { _, _, _ in }
  ) throws -> WorldSummary {
    model.start(&scheduler)
    let horizon = model.measured.upperBound
    while let event = scheduler.next(through: horizon) {
      model.handle(event, &scheduler)
      note(model, event, scheduler.now)
    }
    model.beginCoolDown(at: scheduler.now)
    while !model.isFinished, let event = scheduler.next(through: horizon + model.scenario.coolDown)
    {
      model.handle(event, &scheduler)
      note(model, event, scheduler.now)
    }
    return try model.summary(at: scheduler.now)
  }
}
