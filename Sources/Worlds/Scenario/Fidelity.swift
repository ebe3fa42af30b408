import Declarations
import EventKernel
import Randomness
import Rollup

/// Whether transactions are drawn one by one.
public enum Fidelity: String, CaseIterable, Sendable {
  /// One by one in runs of up to a million transactions, and in any that needs single ones; else in cohorts.
  case auto
  /// Every transaction is drawn and followed.
  case individual
  /// Transactions of one class in a stretch of time are one record.
  case cohort

  /// Runs of more transactions than this are drawn in cohorts where nothing else is said.
  static let individualLimit = 1e6
}

extension RollupScenario {
  /// What needs single transactions: paths, and what is expected of them.
  ///
  /// - Parameter guests: the names of rollups that settle on this one.
  func obstaclesToCohorts(_ guests: [String]) -> [(path: String, expectation: String)] {
    let rule = "or fidelity: individual"
    var found: [(String, String)] = []
    if !workload.arrivals.isCountable {
      found.append(
        (
          "\(pathPrefix)workload.arrivals.\(workload.arrivals.name)",
          "expected arrivals that can be counted, which self_exciting and times cannot, \(rule)"
        ))
    }
    if sequencer.sealing == .perTransaction {
      found.append(
        (
          "\(pathPrefix)sequencer.sealing",
          "expected blocks at an interval, which several transactions share, \(rule)"
        ))
    }
    if machines.fail {
      found.append(
        (
          "\(pathPrefix)nodes",
          "expected machines that do not fail: whether a block comes is known only when it is due, \(rule)"
        ))
    }
    if upgrades.halts {
      found.append(
        (
          "\(pathPrefix)upgrades.per_year",
          "expected upgrades that stop nothing: whether a block comes is known only when it is due, \(rule)"
        ))
    }
    if censorship.censors {
      found.append(
        (
          "\(pathPrefix)censorship.share",
          "expected 0, since who is left out is told from the others one by one, \(rule)"
        ))
    }
    if execution.happens {
      found.append(
        (
          "\(pathPrefix)execution.mode",
          "expected unlimited: what transactions touch is drawn one by one, \(rule)"
        ))
    }
    if let path = ordering.pathOfCause {
      found.append(
        (
          "\(pathPrefix)\(path)",
          "expected transactions in the order of submission, as those of a stretch are taken together, \(rule)"
        ))
    }
    if sequencerSet.isSet {
      found.append(
        (
          "\(pathPrefix)sequencer.set.kind",
          "expected operator, whose blocks come at an interval whatever they have, \(rule)"
        ))
    }
    if `operator`.canFail {
      found.append(
        (
          "\(pathPrefix)operator.cash",
          "expected 0 USD: whether a block comes is known only when it is due, \(rule)"
        ))
    }
    if market.exists {
      found.append(
        (
          "\(pathPrefix)damm.liquidity",
          "expected 0 USD: what a market loses is reckoned block by block, \(rule)"
        ))
    }
    if origins.follow {
      found.append(
        (
          "\(pathPrefix)origins.follow",
          "expected no: a stretch of blocks has more than one origin, \(rule)"
        ))
    }
    if workload.hasAttack {
      found.append(
        (
          "\(pathPrefix)workload.mix.attack",
          "expected no attacks, whose transactions are told from those of users one by one, \(rule)"
        ))
    }
    if workload.hasFeeCaps {
      found.append(
        (
          "\(pathPrefix)workload.classes",
          "expected a max_fee of 0 wei: what users offer is compared one by one, \(rule)"
        ))
    }
    if workload.needsClientTime {
      found.append(
        (
          "\(pathPrefix)workload.classes",
          "expected a client_time of 0 s: it is drawn with each transaction, \(rule)"
        ))
    }
    if workload.hasIncompressible {
      found.append(
        (
          "\(pathPrefix)workload.classes",
          "expected classes whose bytes compress alike, incompressible: 0, \(rule)"
        ))
    }
    if let path = differencesPath {
      found.append(
        (
          "\(pathPrefix)\(path)",
          "expected transactions, whose bytes can be summed up as state differences cannot, \(rule)"
        ))
    }
    if poster.posting.closesEarly {
      let path = poster.posting.rule == .costOfDelay ? "policy" : "early_fill"
      found.append(
        (
          "\(pathPrefix)poster.\(path)",
          "expected batches that no fee closes while they are open, \(rule)"
        ))
    }
    for (kind, (profile, weight)) in zip(
      TransactionClass.allCases, zip(workload.profiles, workload.mix)) where weight > 0
    {
      for (name, distribution) in [("gas", profile.gas), ("bytes", profile.bytes)]
      where !distribution.variance.isFinite {
        found.append(
          (
            "\(pathPrefix)workload.classes.\(kind.name).\(name)",
            "expected a distribution with a variance, so that sums have a law, \(rule)"
          ))
      }
    }
    for guest in guests {
      found.append(
        (
          "\(WorldShape.path(ofRollup: guest)).host",
          "expected a host whose blocks are made one by one, \(rule) of '\(name)'"
        ))
    }
    return found
  }

  /// What sets that it publishes state differences; nil if it does not.
  private var differencesPath: String? {
    if poster.format == .stateDifferences { return "poster.format" }
    return zip(changes, terms.dropFirst()).first { $1.poster.format == .stateDifferences }
      .map { "changes.\($0.0.name).poster.format" }
  }

  /// How its transactions are drawn in a run of so many seconds.
  func fidelity(over seconds: Double, _ guests: [String]) -> Fidelity {
    switch fidelity {
    case .individual: .individual
    case .cohort: .cohort
    case .auto:
      workload.arrivals.rate * seconds > Fidelity.individualLimit
        && obstaclesToCohorts(guests).isEmpty ? .cohort : .individual
    }
  }
}

extension Scenario {
  /// The names of the rollups that settle on one.
  func guests(of name: String) -> [String] {
    name.isEmpty ? [] : rollups.filter { $0.hosting.host == name }.map(\.name)
  }

  /// How the transactions of each rollup are drawn, in their order.
  public var fidelities: [Fidelity] {
    rollups.map { $0.fidelity(over: horizon.seconds, guests(of: $0.name)) }
  }

  /// States that what is drawn in cohorts needs no single transactions.
  func checkFidelity(_ expect: inout Expectations) {
    for rollup in rollups where rollup.fidelity == .cohort {
      for obstacle in rollup.obstaclesToCohorts(guests(of: rollup.name)) {
        expect(false, "\(obstacle.path)", obstacle.expectation)
      }
    }
  }
}
