import EventKernel
import Worlds

// Claims about the state, their delays, and the money behind them.

extension Tracer {
  /// Notes claims that are made.
  mutating func noteNewClaims(of place: Int, _ world: borrowing World, at now: SimTime) {
    while rollups[place].claims.count < world.journeys[place].claims.indices.upperBound {
      let number = rollups[place].claims.count
      let claim = world.journeys[place].claims[number]
      rollups[place].claims.append(
        .init(batches: claim.batches, measured: claim.profile.count))
      timeline.note(
        .claim, number, on: TraceTrack(.claims, ofRollup: place), at: now,
        [
          .number(.batchFirst, claim.batches.lowerBound),
          .number(.batchLast, claim.batches.upperBound - 1),
          .number(.transactions, claim.transactionCount),
          .number(.measuredTransactions, claim.profile.count),
        ])
    }
  }

  /// Notes how far claims have come; one that is forgotten has come to its end.
  mutating func noteClaims(of place: Int, _ world: borrowing World, at now: SimTime) {
    let kept = world.journeys[place].claims.indices
    for number in rollups[place].firstOpenClaim..<rollups[place].claims.count {
      var claim = rollups[place].claims[number]
      let isKept = kept.contains(number)
      let progress = isKept ? world.journeys[place].claims[number] : nil
      noteDelay(
        of: &claim, number, place, isIncluded: progress.map { $0.includedIn != nil } ?? true,
        maturedAt: progress.map(\.maturedAt) ?? claim.maturedAt ?? now, at: now)
      if let time = progress?.withdrawableAt { claim.withdrawableAt = time }
      noteEnd(
        of: &claim, number, place, isFinal: progress?.isFinal ?? true,
        isWithdrawn: progress?.isWithdrawn ?? true, at: now)
      rollups[place].claims[number] = claim
    }
    rollups[place].firstOpenClaim = max(rollups[place].firstOpenClaim, kept.lowerBound)
  }

  /// Notes that the delay of a claim runs, has passed, or was taken back by a re-org.
  private mutating func noteDelay(
    of claim: inout RollupNotes.Claim, _ number: Int, _ place: Int, isIncluded: Bool,
    maturedAt: SimTime?, at now: SimTime
  ) {
    if !isIncluded || maturedAt == nil, let delay = claim.withdrawalDelay {
      timeline.end(delay, at: now, as: .dropped)
      claim.withdrawalDelay = nil
      claim.withdrawableAt = nil
    }
    if !isIncluded, let delay = claim.delay {
      timeline.end(delay, at: now, as: .dropped)
      claim.delay = nil
    }
    if isIncluded, claim.delay == nil, claim.maturedAt == nil || maturedAt == nil {
      claim.delay = begin(.claimDelay, of: claim, number, place, at: now)
    }
    if let maturedAt, let delay = claim.delay {
      timeline.end(delay, at: maturedAt)
      claim.delay = nil
      claim.withdrawalDelay = begin(.withdrawalDelay, of: claim, number, place, at: maturedAt)
    }
    claim.maturedAt = maturedAt
  }

  private mutating func begin(
    _ kind: TraceKind, of claim: RollupNotes.Claim, _ number: Int, _ place: Int, at time: SimTime
  ) -> Int {
    timeline.begin(
      kind, number, on: TraceTrack(.delays, ofRollup: place), at: time,
      cargo: [.batches(claim.batches, of: place)],
      [
        .number(.batchFirst, claim.batches.lowerBound),
        .number(.batchLast, claim.batches.upperBound - 1),
      ])
  }

  /// Notes that a claim is final, and that its withdrawals are paid.
  private mutating func noteEnd(
    of claim: inout RollupNotes.Claim, _ number: Int, _ place: Int, isFinal: Bool,
    isWithdrawn: Bool, at now: SimTime
  ) {
    if isFinal, !claim.isFinal {
      claim.isFinal = true
      timeline.note(.claimFinal, number, on: TraceTrack(.claims, ofRollup: place), at: now)
    }
    guard isWithdrawn, !claim.isWithdrawn else { return }
    claim.isWithdrawn = true
    if let delay = claim.withdrawalDelay {
      timeline.end(delay, at: claim.withdrawableAt ?? now)
      claim.withdrawalDelay = nil
    }
    timeline.note(.withdrawn, number, on: TraceTrack(.bridge, ofRollup: place), at: now)
  }
}
