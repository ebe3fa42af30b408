import Queues
import Statistics
import Threads

/// How often intervals contain the truth, by many experiments where it is known.
public struct CoverageStudy: Sendable {
  /// Confidence of every interval.
  public static let confidence = 0.95

  /// Independent experiments of each case.
  public var experiments: Int
  /// Independent replications of an experiment.
  public var replications = 10
  /// Customers that count in one replication; a single run has those of all replications.
  ///
  /// The p95 of a replication has a bias of order 1/n, its error one of order 1/√n, and averaging over
  /// replications lessens only the error. So there are few replications, and long ones.
  public var customers = 30_000
  /// Seed of all streams.
  public var seed: UInt64 = 1
  /// Threads that work; the rows do not depend on it.
  public var jobs: Int

  /// A study with the default seed and size.
  public init(experiments: Int, jobs: Int = 1) {
    self.experiments = experiments
    self.jobs = jobs
  }

  /// Runs the experiments.
  ///
  /// - Returns: a row for each question of each case, in their order.
  public func rows(of cases: [CoverageCase] = CoverageCase.all) -> [CoverageRow] {
    cases.flatMap { rows(of: $0) }
  }

  /// What one of `count` replications of an experiment simulates.
  ///
  /// The warm-up of 200 customers is 14 relaxation times 1/(cµ(1 − √ρ)²) or more of every model.
  func plan(
    _ experiment: Int, _ replication: Int = 0, of count: Int = 1, customers: Int
  ) -> RunPlan {
    RunPlan(
      customers: customers, warmUp: 200, seed: seed,
      replication: UInt64(experiment * count + replication))
  }

  private func rows(of subject: CoverageCase) -> [CoverageRow] {
    var rows = subject.questions.map { CoverageRow(model: subject.model, question: $0) }
    for intervals in inParallel(experiments, jobs: jobs, { subject.intervals(self, $0) }) {
      for (place, interval) in intervals.enumerated() { rows[place].record(interval) }
    }
    return rows
  }
}
