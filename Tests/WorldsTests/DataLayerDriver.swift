import EventKernel
import Ledger
import Randomness
import Rollup

/// The smallest world around a data layer: it closes batches when it is told, whose place is final once they are
/// handed over, and notes what happens.
struct DataLayerDriver: EventHandling, ~Copyable {
  enum Event: CarriesDataLayerEvents {
    case close
    case window(Bool)
    case data(DataLayerEvent)

    static func dataLayer(_ event: DataLayerEvent, of rollup: RollupID) -> Event { .data(event) }

    var phase: UInt8 { 0 }
    var code: UInt64 { 0 }
  }

  /// What a run leaves.
  struct Outcome {
    let policy: DataPolicy
    let record: DataRecord
    /// How many of each batch keep their data off the host.
    let others: [Int]
    /// From the closing of each batch until it may be handed over.
    let waits: [SimDuration]

    /// The mean wait [s].
    var meanWait: Double { waits.reduce(0) { $0 + $1.seconds } / Double(waits.count) }

    /// A measure of the data layer.
    func measured(_ name: String) -> Double? {
      DataRecord.measures.first { $0.name == name }.flatMap { $0.value(policy, record) }
    }
  }

  private(set) var layer: DataLayer
  /// Transactions of each batch.
  let batchSize: Int
  private var others: [Int] = []
  private var waits: [SimDuration] = []
  private var closings: [SimTime] = []

  /// Bytes of each after compression.
  let batchBytes: UInt64

  private init(
    _ policy: DataPolicy, batchSize: Int, batchBytes: UInt64, until end: SimTime, seed: UInt64
  ) {
    layer = DataLayer(
      policy, of: .first, until: end, isAligned: true, StreamSource(seed: seed, replication: 0))
    self.batchBytes = batchBytes
    self.batchSize = batchSize
  }

  /// Closes batches at an interval, and measures through the last of them.
  static func run(
    _ policy: DataPolicy, batches: Int, every interval: SimDuration, batchSize: Int = 1,
    batchBytes: UInt64 = 100, seed: UInt64 = 1
  ) -> Outcome {
    let end = SimTime.start + interval * Int64(batches)
    var simulation = Simulation(
      DataLayerDriver(
        policy, batchSize: batchSize, batchBytes: batchBytes, until: end, seed: seed))
    simulation.model.layer.start(&simulation.scheduler)
    simulation.scheduler.schedule(.window(true), at: .start)
    for batch in 1...Int64(batches) {
      simulation.scheduler.schedule(.close, at: .start + interval * batch)
    }
    simulation.scheduler.schedule(.window(false), at: end)
    simulation.run(through: .distantFuture) { $0.waits.count == batches }
    return Outcome(
      policy: policy, record: simulation.model.layer.record, others: simulation.model.others,
      waits: simulation.model.waits)
  }

  mutating func handle(_ event: Event, _ scheduler: inout Scheduler<Event>) {
    switch event {
    case .close:
      closings.append(scheduler.now)
      others.append(layer.accept(DataBatch(count: batchSize, bytes: batchBytes), &scheduler))
    case .window(let begins): layer.window(begins: begins, at: scheduler.now)
    case .data(let event): layer.handle(event, unclosed: 0, &scheduler)
    }
    while waits.count < layer.firstNotReady {
      let batch = waits.count
      waits.append(scheduler.now - closings[batch])
      layer.settle(batch, in: scheduler.now, inBlobs: true, at: scheduler.now)
    }
  }
}
