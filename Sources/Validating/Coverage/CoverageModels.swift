import Queues

/// A queue of which mean and p95 of the time in line are known [s].
struct KnownWaits: Sendable {
  let name: String
  let queue: ServiceQueue
  let mean: Double
  let p95: Double

  /// λ = 0.5/s and µ = 1/s.
  static let mm1 = KnownWaits("mm1", ErlangC(arrivalRate: 0.5, meanService: 1))
  /// λ = 0.5/s and D = 1 s.
  static let md1 = KnownWaits("md1", Crommelin(arrivalRate: 0.5, service: 1))
  /// Four provers: λ = 0.02/s and 1/µ = 120 s.
  static let mmc = KnownWaits(
    "mmc", ErlangC(arrivalRate: 0.02, meanService: 120, servers: 4))

  init(_ name: String, _ known: ErlangC) {
    self.name = name
    queue = known.queue
    mean = known.meanWait
    p95 = known.waitQuantile(0.95)
  }

  init(_ name: String, _ known: Crommelin) {
    self.name = name
    queue = known.queue
    mean = known.meanWait
    p95 = known.waitQuantile(0.95)
  }
}

extension ReplicatedModel {
  /// Then a service that is shorter by a tenth.
  static let mm1 = ReplicatedModel(
    .mm1, then: KnownWaits("mm1", ErlangC(arrivalRate: 0.5, meanService: 0.9)))

  /// Then a service that is shorter by a tenth.
  static let md1 = ReplicatedModel(
    .md1, then: KnownWaits("md1", Crommelin(arrivalRate: 0.5, service: 0.9)))

  /// Then a fifth prover.
  static let mmc = ReplicatedModel(
    .mmc,
    then: KnownWaits("mmc", ErlangC(arrivalRate: 0.02, meanService: 120, servers: 5)))

  /// Batches of 50 at λ = 0.8/s: about as many are full at T = 60 s as are not; then T = 45 s.
  static let sizeOrTimer = ReplicatedModel(
    name: "size-or-timer", first: .batches(timer: 60), second: .batches(timer: 45))

  /// Slots of 12 s with 4 arrivals that take 6; then 7.
  static let slots = ReplicatedModel(
    name: "slots", first: .slots(capacity: 6), second: .slots(capacity: 7))

  private init(_ first: KnownWaits, then second: KnownWaits) {
    self.init(name: first.name, first: .waits(first), second: .waits(second))
  }
}

extension ReplicatedModel.Setting {
  fileprivate static func waits(_ known: KnownWaits) -> Self {
    Self(mean: known.mean, p95: known.p95, simulate: known.queue.waits)
  }

  /// Whole batches, so that none is cut: as many as hold about the customers of the plan.
  fileprivate static func batches(timer: Double) -> Self {
    let queue = BatchQueue(arrivalRate: 0.8, size: 50, timer: timer)
    return Self(mean: queue.expectedWait, p95: queue.waitQuantile(0.95)) {
      queue.record(batches: max($0.customers / queue.size, 1), $0).waits
    }
  }

  fileprivate static func slots(capacity: Int) -> Self {
    let queue = SlotQueue(arrivalsPerSlot: 4, capacity: capacity, slot: 12)
    return Self(mean: queue.expectedDelay, p95: queue.delays.quantile(0.95)) {
      queue.record($0).delays
    }
  }
}
