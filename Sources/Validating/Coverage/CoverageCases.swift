import Queues
import Statistics

extension CoverageCase {
  /// Every case, in the order of rows.
  public static let all: [CoverageCase] =
    [ReplicatedModel.mm1, .md1, .mmc, .sizeOrTimer, .slots].map(\.coverage)
    + [longRun(.mm1), longRun(.md1), longRun(.mmc), singleCustomers]

  /// Student's interval over stretches of one run.
  private static func longRun(_ known: KnownWaits) -> CoverageCase {
    CoverageCase(
      model: known.name,
      questions: [.init(quantity: "mean", method: "batch means of one run", truth: known.mean)]
    ) { study, experiment in
      let plan = study.plan(experiment, customers: study.replications * study.customers)
      return [known.queue.waitSeries(plan).interval(confidence: CoverageStudy.confidence)]
    }
  }

  /// One customer of each of many replications of M/M/1: independent waits, of which the order
  /// statistics bound a quantile, and the number above 0 the probability of having to wait.
  ///
  /// Both intervals are exact, which for counts means to promise at least 95 %. With 232 replications
  /// the p95 is promised 95.2 %; other numbers promise up to 98 %.
  private static let singleCustomers: CoverageCase = {
    let known = ErlangC(arrivalRate: 0.5, meanService: 1)
    let count = 232
    return CoverageCase(
      model: "mm1",
      questions: [
        .init(
          quantity: "p95", method: "order statistics of \(count) waits",
          truth: known.waitQuantile(0.95)),
        .init(
          quantity: "share that waits", method: "exact binomial, \(count) customers",
          truth: known.delayProbability),
      ]
    ) { study, experiment in
      let waits = (0..<count).map {
        let plan = study.plan(experiment, $0, of: count, customers: 1)
        return known.queue.waits(plan).meanSeconds ?? .nan
      }
      let confidence = CoverageStudy.confidence
      return [
        QuantileEstimate(0.95, of: waits, confidence: confidence).interval,
        ConfidenceInterval(
          successes: waits.count { $0 > 0 }, of: count, confidence: confidence),
      ]
    }
  }()
}
