import Declarations
import Rollup

// Checks that a rollup can be called by another, by the way that a scenario says.

extension Scenario {
  /// States that the rollups of a call have what its way needs.
  func checkCalls(of caller: RollupScenario, _ expect: inout Expectations) {
    let path = "\(caller.pathPrefix)calls"
    guard
      let called = rollups.first(where: { $0.name == caller.calls.to && $0.name != caller.name })
    else {
      return expect(
        false, "\(path).to", "expected another rollup; none is called '\(caller.calls.to)'")
    }
    expect(
      called.hosting.host == caller.hosting.host, ["\(path).to", "\(caller.pathPrefix)host"],
      "expected a rollup on the same host: '\(called.name)' has another")
    expect(
      !caller.machines.loses && !called.machines.loses, ["\(path).rate", "nodes.loss"],
      "expected no lost confirmations, with which calls could be lost")
    expect(
      !caller.exits.happens && !called.exits.happens, ["\(path).rate", "exits.users"],
      "expected nobody who leaves: a rollup that is frozen takes no calls")
    for rollup in [caller, called] {
      expect(
        rollup.machines.stopsAt == .zero && !rollup.operator.canFail,
        ["\(path).rate", "\(rollup.pathPrefix)nodes.stops_at"],
        "expected operators who do not stop for good: calls would wait for ever")
      expect(
        !rollup.sequencerSet.isSet, ["\(path).rate", "\(rollup.pathPrefix)sequencer.set.kind"],
        "expected one operator: in which block of a set a call comes is not simulated")
    }
    switch caller.calls.path {
    case .bridge, .liquidity: break
    case .proof:
      expect(
        caller.sequence.isProved, ["\(path).path", "\(caller.pathPrefix)sequence"],
        "expected a rollup whose state is proved, for the other to read the proof")
    case .sequencer: checkCommonBlocks(caller, called, "\(path).path", &expect)
    }
  }

  private func checkCommonBlocks(
    _ one: RollupScenario, _ other: RollupScenario, _ path: String,
    _ expect: inout Expectations
  ) {
    for rollup in [one, other] {
      expect(
        rollup.sequencer.sealing == .interval, [path, "\(rollup.pathPrefix)sequencer.sealing"],
        "expected blocks at an interval, so that both are made at one instant")
      expect(
        !rollup.machines.sequencersFail && !rollup.upgrades.halts,
        [path, "\(rollup.pathPrefix)nodes"],
        "expected machines that do not fail: after an outage blocks come at other instants")
    }
    let times = [one, other].map { $0.sequencer.blockInterval.nanoseconds }.sorted()
    expect(
      times[0] > 0 && times[1] % times[0] == 0,
      CheckedPaths([path] + [one, other].map { "\($0.pathPrefix)sequencer.block_interval" }),
      "expected block intervals of which one is a multiple of the other")
  }
}
