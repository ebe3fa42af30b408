import EventKernel
import Rollup
import Worlds

// Transactions, blocks and batches of a rollup.

extension Tracer {
  /// Notes what a sequencer has sealed, if it has.
  ///
  /// Arrivals are drawn when a block is sealed. The first transaction of a block is the oldest one that
  /// was in none before, or the next to arrive.
  mutating func noteBlock(of place: Int, _ world: borrowing World, at now: SimTime) {
    let sealed =
      world.journeys[place].sequencer.accepted - world.journeys[place].sequencer.waiting
    let first = rollups[place].sealed
    let (submittedAt, before) = (rollups[place].nextSubmission, rollups[place].lastSealAt)
    rollups[place].sealed = sealed
    rollups[place].lastSealAt = now
    noteNextSubmission(of: place, world)
    guard sealed > first else {
      // Confirmations can be lost.
      rollups[place].sealedTotals = totals(of: place, world)
      return
    }
    let cargo = noteBatch(of: place, world, at: now)
    if !cargo.isEmpty {
      let id = timeline.begin(
        .transaction, first, on: TraceTrack(.users, ofRollup: place), at: submittedAt, cargo: cargo)
      timeline.end(id, at: now)
    }
    let (totals, last) = (totals(of: place, world), rollups[place].sealedTotals)
    rollups[place].sealedTotals = totals
    let id = timeline.begin(
      .layer2Block, nil, on: TraceTrack(.sequencer, ofRollup: place), at: max(before, submittedAt),
      cargo: cargo + includeGuests(of: place, world),
      [
        .number(.transactions, sealed - first), .number(.gas, totals.gas - last.gas),
        .number(.sizeBytes, totals.bytes - last.bytes),
      ])
    timeline.end(id, at: now)
  }

  /// Notes when the oldest transaction was or will be submitted that is in no block.
  mutating func noteNextSubmission(of place: Int, _ world: borrowing World) {
    rollups[place].nextSubmission =
      world.journeys[place].sequencer.oldestSubmission ?? world.journeys[place].workload.nextArrival
  }

  /// Gas and bytes of all that a rollup has sealed.
  private func totals(of place: Int, _ world: borrowing World) -> RollupNotes.Totals {
    var totals = rollups[place].closedTotals
    totals.gas += world.journeys[place].poster.waitingGas
    totals.bytes += world.journeys[place].poster.waitingBytes
    return totals
  }

  /// Notes that a block came into a batch, which it opens if none was open.
  ///
  /// - Returns: its first transaction, if that is followed.
  private mutating func noteBatch(
    of place: Int, _ world: borrowing World, at now: SimTime
  ) -> [Cargo] {
    let closed = world.journeys[place].batches.indices.upperBound
    let number = world.journeys[place].poster.waiting > 0 ? closed : closed - 1
    noteClosedBatches(of: place, before: number, world, at: now)
    if rollups[place].openBatch == nil {
      let entry = timeline.begin(
        .batch, number, on: TraceTrack(.poster, ofRollup: place), at: now,
        cargo: [.batch(number, of: place)])
      rollups[place].openBatch = (number, entry, 0)
    }
    let block = rollups[place].openBatch?.blocks ?? 0
    rollups[place].openBatch?.blocks += 1
    var cargo: [Cargo] = []
    if block < followed, let entry = rollups[place].openBatch?.entry {
      cargo = [.transaction(block: block, ofBatch: number, of: place, at: now)]
      timeline.add(cargo, to: entry)
    }
    noteClosedBatches(of: place, world, at: now)
    return cargo
  }

  /// Notes batches that are closed.
  ///
  /// - Parameter end: those from this number on are left for later.
  mutating func noteClosedBatches(
    of place: Int, before end: Int = .max, _ world: borrowing World, at now: SimTime
  ) {
    let known = rollups[place].batches.count
    let closed = min(end, world.journeys[place].batches.indices.upperBound)
    guard known < closed else { return }
    for number in known..<closed {
      let progress = world.journeys[place].batches[number]
      let batch = progress.batch
      if let open = rollups[place].openBatch {
        timeline.end(
          open.entry, at: batch.closedAt,
          [
            .number(.transactions, batch.count),
            .number(.measuredTransactions, batch.profile.count), .number(.gas, batch.gas),
            .number(.sizeBytes, batch.rawBytes),
          ])
      }
      rollups[place].openBatch = nil
      rollups[place].closedTotals.gas += batch.gas
      rollups[place].closedTotals.bytes += batch.rawBytes
      rollups[place].batches.append(
        .init(
          measured: batch.profile.count, guests: progress.guests,
          cargo: [.batches(number..<number + 1, of: place)]
            + progress.guests.flatMap { rollups[place].guests[$0].cargo }))
    }
  }
}
