import EventKernel
import Worlds

// Deposits, and changes of the terms of a rollup.

extension Tracer {
  /// Notes that a user sends a deposit.
  mutating func noteDeposit(of place: Int, at now: SimTime) {
    beginDeposit(rollups[place].sentDeposits, of: place, at: now)
    rollups[place].sentDeposits += 1
  }

  private mutating func beginDeposit(_ number: Int, of place: Int, at now: SimTime) {
    rollups[place].deposits[number] = timeline.begin(
      .deposit, number, on: TraceTrack(.bridge, ofRollup: place), at: now)
  }

  /// Notes deposits that are credited, and credits that a re-org undid: such a deposit begins anew.
  mutating func noteCredits(of place: Int, _ world: borrowing World, at now: SimTime) {
    let kept = world.journeys[place].deposits.undoneNumbers
    for number in rollups[place].firstOpenDeposit..<rollups[place].sentDeposits {
      let isCredited =
        !kept.contains(number) || world.journeys[place].deposits.isCredited(number)
      if isCredited, let entry = rollups[place].deposits.removeValue(forKey: number) {
        timeline.end(entry, at: now)
      } else if !isCredited, rollups[place].deposits[number] == nil {
        beginDeposit(number, of: place, at: now)
      }
    }
    rollups[place].firstOpenDeposit = max(rollups[place].firstOpenDeposit, kept.lowerBound)
  }

  /// Notes that other terms hold.
  mutating func noteChange(
    of place: Int, to terms: Int, _ world: borrowing World, at now: SimTime
  ) {
    let change = world.scenario.rollups[place].changes[terms - 1]
    timeline.note(
      .termsChanged, terms, on: TraceTrack(.terms, ofRollup: place), at: now,
      [.text(.terms, change.name)])
    noteStarted(of: place, world, at: now)
  }
}
