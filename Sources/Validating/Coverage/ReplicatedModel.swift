import Queues
import Statistics

/// A model under two settings, for each of which mean and p95 are known.
struct ReplicatedModel: Sendable {
  /// One setting.
  struct Setting: Sendable {
    let mean: Double
    let p95: Double
    let simulate: @Sendable (RunPlan) -> LatencyHistogram
  }

  let name: String
  let first: Setting
  let second: Setting

  /// Student's intervals over independent replications: of the mean and the p95 under the first setting,
  /// and of the paired difference of means, both settings with the same random numbers.
  var coverage: CoverageCase {
    let method = "Student over replications"
    return CoverageCase(
      model: name,
      questions: [
        .init(quantity: "mean", method: method, truth: first.mean),
        .init(quantity: "p95", method: method, truth: first.p95),
        .init(
          quantity: "difference of means", method: method + ", paired",
          truth: second.mean - first.mean),
      ]
    ) { study, experiment in
      tallies(study, experiment).map {
        ConfidenceInterval(meanOf: $0, confidence: CoverageStudy.confidence)
      }
    }
  }

  /// Means, quantiles and differences of the replications of one experiment.
  private func tallies(_ study: CoverageStudy, _ experiment: Int) -> [Tally] {
    var (means, quantiles, differences) = (Tally(), Tally(), Tally())
    for replication in 0..<study.replications {
      let plan = study.plan(
        experiment, replication, of: study.replications, customers: study.customers)
      let one = first.simulate(plan)
      guard let mean = one.meanSeconds, let quantile = one.quantileSeconds(0.95),
        let other = second.simulate(plan).meanSeconds
      else { preconditionFailure("a replication without customers") }
      means.record(mean)
      quantiles.record(quantile)
      differences.record(other - mean)
    }
    return [means, quantiles, differences]
  }
}
