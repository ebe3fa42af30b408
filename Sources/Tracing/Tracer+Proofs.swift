import EventKernel
import Rollup
import Worlds

// Witnesses, proofs and their aggregation, by provers of a rollup's own or of a service.

extension Tracer {
  /// Notes batches that were given to the prover, and what its aggregator works on.
  mutating func noteProofs(of place: Int, _ world: borrowing World, at now: SimTime) {
    while rollups[place].firstNotProving < world.journeys[place].firstNotProving {
      move(rollups[place].firstNotProving, of: place, to: .witness, .witnesses, at: now)
      rollups[place].firstNotProving += 1
    }
    let batches = world.journeys[place].prover.aggregating
    guard batches != rollups[place].aggregation?.batches else { return }
    if let aggregation = rollups[place].aggregation { timeline.end(aggregation.entry, at: now) }
    rollups[place].aggregation = batches.map { batches in
      let entry = timeline.begin(
        .aggregation, nil, on: TraceTrack(.aggregator, ofRollup: place), at: now,
        cargo: [.batches(batches, of: place)],
        [.number(.batchFirst, batches.lowerBound), .number(.batchLast, batches.upperBound - 1)])
      return (batches, entry)
    }
  }

  /// Notes an event of the prover of a rollup.
  mutating func noteProver(
    _ event: ProverEvent, of place: Int, _ world: borrowing World, at now: SimTime
  ) {
    switch event {
    case .witnessed(let batch):
      move(Int(batch), of: place, to: .proofQueue, .proofQueue, at: now)
      guard let service = world.topology.services[place] else { break }
      noteStarted(by: service, world, at: now)
    case .proved(_, let batch): leaveIfProved(Int(batch), of: place, world, at: now)
    case .groupDeadline, .aggregated: break
    }
    noteStarted(of: place, world, at: now)
  }

  /// Notes a part of a proof that a service has made.
  mutating func noteProved(by service: Int, _ world: borrowing World, at now: SimTime) {
    if let job = world.services[service].finished {
      leaveIfProved(job.batch, of: Int(job.rollup.number), world, at: now)
    }
    noteStarted(by: service, world, at: now)
  }

  /// Notes what a rollup's own provers have begun.
  ///
  /// What they began at an earlier event may still be listed, and is in another stage by now.
  mutating func noteStarted(of place: Int, _ world: borrowing World, at now: SimTime) {
    for start in world.journeys[place].prover.started
    where rollups[place].pipeline[start.batch]?.stage == .proofQueue {
      move(start.batch, of: place, to: .proving, .provers, at: now)
    }
  }

  private mutating func noteStarted(
    by service: Int, _ world: borrowing World, at now: SimTime
  ) {
    let track = TraceTrack(.provers, of: .service(service))
    for job in world.services[service].started {
      let place = Int(job.rollup.number)
      guard rollups[place].pipeline[job.batch]?.stage == .proofQueue else { continue }
      move(job.batch, of: place, to: .proving, on: track, at: now)
    }
  }

  private mutating func move(
    _ batch: Int, of place: Int, to stage: TraceKind, _ part: TraceTrack.Part, at now: SimTime
  ) {
    move(batch, of: place, to: stage, on: TraceTrack(part, ofRollup: place), at: now)
  }

  /// Ends the stage in which a batch is, and begins the next.
  private mutating func move(
    _ batch: Int, of place: Int, to stage: TraceKind, on track: TraceTrack, at now: SimTime
  ) {
    leave(batch, of: place, at: now)
    let entry = timeline.begin(
      stage, batch, on: track, rollup: place, at: now,
      cargo: [.batches(batch..<batch + 1, of: place)])
    rollups[place].pipeline[batch] = (stage, entry)
  }

  /// Ends the stage of a batch when all parts of its proof are there.
  private mutating func leaveIfProved(
    _ batch: Int, of place: Int, _ world: borrowing World, at now: SimTime
  ) {
    if world.journeys[place].prover.isProved(batch) { leave(batch, of: place, at: now) }
  }

  private mutating func leave(_ batch: Int, of place: Int, at now: SimTime) {
    guard let (_, entry) = rollups[place].pipeline.removeValue(forKey: batch) else { return }
    timeline.end(entry, at: now)
  }
}
