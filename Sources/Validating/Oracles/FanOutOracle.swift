import Queues

extension Oracle {
  /// A job that ends with the last of its tasks.
  static let fanOut: Oracle = {
    let job = FanOut(tasks: 8, duration: .exponential(mean: 1))
    let expected = FanOut.expectedDuration(tasks: 8, mean: 1)
    return Oracle(
      name: "fan-out", statement: "longest of n exponential tasks: H_n/mu",
      source: "Renyi 1953: order statistics of exponentials",
      cases: [
        .mean("mean duration, n = 8, mu = 1", unit: "s", expected) {
          var plan = RunPlan.oracle(seed: $0, replication: $1)
          plan.customers /= 8
          return job.durations(plan).meanSeconds ?? .nan
        }
      ])
  }()
}
