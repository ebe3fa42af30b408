import Queues

extension Oracle {
  /// Two servers in a row.
  static let tandem: Oracle = {
    let means = [1, 1.25]
    let queue = TandemQueue(arrivalRate: 0.5, services: means.map { .exponential(mean: $0) })
    let expected = TandemQueue.expectedSojourn(arrivalRate: 0.5, meanServices: means)
    return Oracle(
      name: "tandem", statement: "W = sum of 1/(mu_i - lambda)", source: "Burke 1956; Jackson 1957",
      cases: [
        .mean("mean sojourn, lambda = 0.5, mu = 1 and 0.8", unit: "s", expected) {
          queue.sojourns(.oracle(seed: $0, replication: $1)).meanSeconds ?? .nan
        }
      ])
  }()
}
