import EventKernel
import Ledger
import Rollup

// Calls from one rollup to another: what one journey cannot know of the other.

extension World {
  /// Moves a call on.
  mutating func handle(
    _ event: CallEvent, of place: Int, _ scheduler: inout Scheduler<WorldEvent>
  ) {
    switch event {
    case .due: journeys[place].call(&scheduler)
    case .pays(let number): journeys[place].payCall(Int(number), at: scheduler.now)
    case .executes, .arrives: reach(event, of: place, &scheduler)
    }
    deliver(from: place, &scheduler)
  }

  /// What a call wants of the other rollup comes with a block there.
  mutating func expectCalls(of place: Int, _ scheduler: inout Scheduler<WorldEvent>) {
    for wanted in journeys[place].calls.takeWanted() {
      expect(wanted.event, of: place, from: wanted.from, &scheduler)
    }
  }

  private mutating func expect(
    _ event: CallEvent, of place: Int, from instant: SimTime,
    _ scheduler: inout Scheduler<WorldEvent>
  ) {
    let called = called(by: place)
    let time =
      journeys[place].policy.calls.path == .sequencer
      ? commonSeal(of: place, and: called, after: instant)
      : journeys[called].sequencer.usualSeal(after: instant)
    journeys[place].calls.expect(event, at: time)
    scheduler.schedule(.call(event, of: journeys[place].rollup), at: time)
  }

  private func called(by place: Int) -> Int {
    guard let called = topology.called[place] else {
      preconditionFailure("a rollup that calls no other has a call")
    }
    return called
  }

  /// When both make a block at one instant: one of their intervals is a multiple of the other.
  private func commonSeal(of one: Int, and other: Int, after instant: SimTime) -> SimTime {
    var time = instant
    while true {
      let first = journeys[one].sequencer.usualSeal(after: time)
      time = journeys[other].sequencer.usualSeal(after: first)
      if time == first { return time }
    }
  }

  /// A call is due in a block of the other rollup, which takes it if it makes that block; so does, where one sequencer
  /// makes both, the caller's.
  private mutating func reach(
    _ event: CallEvent, of place: Int, _ scheduler: inout Scheduler<WorldEvent>
  ) {
    let now = scheduler.now
    guard journeys[place].calls.isExpected(event, at: now) else { return }
    let called = called(by: place)
    let policy = journeys[place].policy.calls
    let isAtomic = policy.path == .sequencer
    guard journeys[called].makesBlocks, !isAtomic || journeys[place].makesBlocks else {
      return expect(event, of: place, from: now + Self.retry, &scheduler)
    }
    var cost = journeys[called].legCost(policy.legGas)
    journeys[called].payLeg(cost)
    if isAtomic {
      let own = journeys[place].legCost(policy.legGas)
      journeys[place].payLeg(own)
      cost += own
    }
    switch event {
    case .executes(let number): journeys[place].calls.execute(Int(number), cost: cost, at: now)
    case .arrives(let number): journeys[place].calls.arrive(Int(number), cost: cost, at: now)
    case .due, .pays: break
    }
  }

  /// After which it is asked again whether a rollup makes blocks.
  private static let retry = SimDuration.seconds(1)
}
