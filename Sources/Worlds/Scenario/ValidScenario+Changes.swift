import Declarations
import EventKernel
import Rollup
import Settlement

// Checks of what changes at a date: when that is, and that what holds afterwards fits together.

extension Scenario {
  /// States what holds of the changes of a rollup and of its terms after each.
  func checkChanges(ofRollupAt place: Int, _ expect: inout Expectations) {
    let rollup = rollups[place]
    guard !rollup.changes.isEmpty else { return }
    rollup.checkDates(startingAt: settlement.startsAt, &expect)
    let terms = rollup.terms
    for (number, change) in rollup.changes.enumerated() {
      let variant = "changes.\(change.name)"
      let (before, after) = (terms[number], terms[number + 1])
      // What proves and what asserts share nothing that could go on.
      expect(
        after.sequence.isProved == before.sequence.isProved,
        ["\(rollup.pathPrefix)\(variant).sequence", "\(rollup.pathPrefix)sequence"],
        "expected a sequence that proves after one that proves, and one that asserts after one that asserts; "
          + "'\(after.sequence.rawValue)' follows '\(before.sequence.rawValue)'")
      expect(
        after.bridge.earlyProof == before.bridge.earlyProof,
        [
          "\(rollup.pathPrefix)\(variant).bridge.early_proof",
          "\(rollup.pathPrefix)bridge.early_proof",
        ],
        "expected the same as before: what is being proved goes on")
      var scenario = self
      scenario.rollups[place] = after
      var found = Expectations()
      after.check(settlement, &found)
      scenario.checkFit(of: after, &found)
      if found.failed.isEmpty { scenario.checkRoom(of: after, &found) }
      checkHosts(of: after, at: place, &found, &expect)
      expect.add(
        found.failed, ofVariant: variant, in: rollup.pathPrefix, canSet: RollupScenario.canChange)
    }
  }

  /// States that its host has room for what a rollup sends after a change, and it for its guests, whenever
  /// those change.
  private func checkHosts(
    of after: RollupScenario, at place: Int, _ found: inout Expectations,
    _ expect: inout Expectations
  ) {
    let topology = Topology(self)
    for terms in topology.hosts[place].map({ rollups[$0].terms }) ?? [] {
      found.under(WorldShape.path(ofRollup: after.name)) {
        after.check(on: terms, settlement, &$0)
      }
    }
    for guest in topology.guests[place] {
      for terms in rollups[guest].terms {
        expect.under(WorldShape.path(ofRollup: terms.name)) {
          terms.check(on: after, settlement, &$0)
        }
      }
    }
  }
}

extension RollupScenario {
  fileprivate func checkDates(startingAt start: Int64, _ expect: inout Expectations) {
    expect(
      start > 0, "settlement.starts_at",
      "expected the date at which the run starts: 'changes' have dates")
    var earlier: Int64 = 0
    for change in changes {
      let path = "\(pathPrefix)changes.\(change.name).time"
      expect(
        (1...9_000_000_000).contains(change.time), .init(stringLiteral: path),
        "expected the date of the change, as 2024-03-13")
      expect(
        change.time > earlier || change.time < 1, .init(stringLiteral: path),
        "expected a date after that of the change before it")
      earlier = max(earlier, change.time)
    }
  }
}
