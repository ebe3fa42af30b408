import EventKernel
import Ledger
import Rollup
import Settlement

// When a run ends, and what is left of the world.

extension World {
  /// Whether no rollup needs anything more.
  var isFinished: Bool { finished.allSatisfy { $0 != nil } }

  /// What operators have earned less what they have paid so far, with what is due of rents [USD].
  mutating func operatorsUSD(at now: SimTime) -> Double {
    var sum = Wei.zero
    for place in journeys.indices {
      if journeys[place].present.hasRent { journeys[place].payRent(through: now) }
      sum += journeys[place].ledger.balance(of: .rollupOperator)
    }
    return sum.asDouble / 1e18 * scenario.usdPerEther
  }

  /// Whether the run has to end without a result.
  var cannotGoOn: Bool { settlement.feeOverflow || settlement.historyEnded || isOverfull }

  /// Throws why the run had to end without a result, if it had.
  func checkGoesOn(at now: SimTime) throws(RunFailure) {
    if settlement.feeOverflow { throw .feeOverflow }
    if settlement.historyEnded { throw .historyEnded(at: now) }
    if isOverfull { throw .overfull(at: now, because: whatWaits(at: now)) }
  }

  /// What a run gave that ends now.
  func result(
    _ shape: WorldShape, events: UInt64, at now: SimTime, fingerprint: TrajectoryFingerprint
  ) throws(RunFailure) -> RunResult {
    let summary = try summary(at: now)
    return RunResult(
      measures: summary.values(of: shape).map { value in value.flatMap { $0.isFinite ? $0 : nil } },
      feePath: feePath?.samples ?? [], events: events, fingerprint: fingerprint.value)
  }

  /// What is left of a rollup, unless something was lost.
  func summary(of place: Int, at now: SimTime) -> Result<RollupSummary, RunFailure> {
    do throws(RunFailure) {
      try journeys[place].checkConservation(at: now, hasGuests: topology.isHost[place]) {
        obstacle(to: $0, of: place, at: now)
      }
    } catch {
      return .failure(error.of(name(of: place)))
    }
    return .success(
      journeys[place].summary(market: market, neighbours: neighbourInclusions))
  }

  /// What is left of the world.
  ///
  /// - Throws: `RunFailure` if a rollup was not finished, or something was lost.
  func summary(at now: SimTime) throws(RunFailure) -> WorldSummary {
    var rollups: [RollupSummary] = []
    for place in journeys.indices {
      rollups.append(try (finished[place]?.summary ?? summary(of: place, at: now)).get())
    }
    try audit()
    return WorldSummary(
      scenario: scenario, rollups: rollups,
      services: services.indices.map {
        ServiceRecord(prover: services[$0].record, sharedBlobs: sharedBlobs[$0].record)
      })
  }

  /// Checks what no rollup can check alone: what guests paid is what hosts have of them.
  private func audit() throws(RunFailure) {
    do { try ledger.audit() } catch { throw .imbalance(error.description) }
    for host in journeys.indices where topology.isHost[host] {
      let earned = Wei.zero - journeys[host].ledger.balance(of: .guests)
      let paid = topology.guests[host].reduce(Wei.zero) {
        $0 + journeys[$1].ledger.balance(of: .host)
      }
      // A host is paid for what is in its blocks, a guest has paid once that is certain.
      guard paid <= earned else {
        throw .imbalance(
          name(of: host) + "guests paid \(paid.amount) wei, of which it has \(earned.amount) wei")
      }
    }
  }
}

/// What is left of a rollup, out of the way: whether it is there is asked after each event.
final class FinishedRollup: Sendable {
  let summary: Result<RollupSummary, RunFailure>

  init(_ summary: Result<RollupSummary, RunFailure>) { self.summary = summary }
}
