import Queues
import Randomness

/// Two rollups on one prover service are two classes of customers of one queue.
extension Oracle {
  /// Two provers, first come, first served: all batches wait as if of one rollup.
  static let serviceOfTwo: Oracle = {
    let rates = [0.6, 0.4]
    let known = ErlangC(arrivalRate: 1, meanService: 1, servers: 2)
    let world = WorldProbe.service(
      exponential(rates), provers: 2, order: .firstCome, window: 4900)
    return Oracle(
      name: "prover-service-mmc",
      statement: """
        two rollups on a service of two provers, first come, first served: batches at 0.6/s and 0.4/s, \
        exponential proofs of 1 s: Wq = C/(2 mu - lambda) with Erlang's C; each prover works \
        lambda/(2 mu) of the time
        """,
      source: "Erlang 1917: M/M/c", detects: 0.1,
      cases: [
        .mean("wait", unit: "s", known.meanWait, in: world) {
          $0["prover_queue_s_mean", of: "service"]
        },
        .mean("use", unit: "1", 0.5, in: world) { $0["prover_utilisation", of: "service"] },
      ])
  }()

  /// Two provers, of which a rollup with priority has the next that is free.
  static let serviceClassesOfTwo: Oracle = {
    let rates = [0.5, 0.5]
    let known = ErlangC(arrivalRate: 1, meanService: 1, servers: 2)
    return Oracle(
      name: "prover-service-mmc-classes",
      statement: """
        two rollups on a service of two provers, by priority without interruption: batches at 0.5/s of \
        each, exponential proofs of 1 s: Wq_k = W0/((1 - sigma_(k-1))(1 - sigma_k)), W0 = C/(2 mu), \
        sigma_k the load per prover of class k and those before it
        """,
      source: "Cobham 1954; Kella and Yechiali 1985: M/M/c with priorities", detects: 0.1,
      cases: waits(
        known.expectedWaits(byPriority: rates),
        in: .service(exponential(rates), provers: 2, order: .priority, window: 7000)))
  }()

  /// One prover, first come, first served, for proofs that take one rollup longer than the other.
  static let serviceOfOne = Oracle(
    name: "prover-service-mg1",
    statement: """
      two rollups on a service of one prover, first come, first served: batches at 0.15/s with proofs \
      of 2 s, gamma of cv 0.5, and at 0.2/s with proofs of 1 s: both wait lambda E[S^2]/(2(1 - rho)); with \
      blocks of 1 s a proof is in one Wq + E[S_k] + 1/2 s after its batch, as none waits for an earlier one
      """,
    source: "Pollaczek 1930; Khinchine 1932: M/G/1", detects: 0.1,
    cases: waits(
      [generalWait, generalWait], in: .service(general, order: .firstCome, window: 9000))
      + zip(rollups, general).map { name, batches in
        .mean(
          "proof of \(name) in a block", unit: "s", generalWait + batches.service.mean + 0.5,
          in: generalInBlocks
        ) { $0["finality_proven_s_mean", of: name] }
      })

  /// The same by priority.
  static let serviceClassesOfOne = Oracle(
    name: "prover-service-mg1-classes",
    statement: """
      as prover-service-mg1, by priority without interruption: \
      Wq_k = W0/((1 - sigma_(k-1))(1 - sigma_k)), W0 = sum of lambda_i E[S_i^2]/2
      """,
    source: "Cobham 1954: M/G/1 with priorities", detects: 0.1,
    cases: waits(
      PriorityQueue(classes: general).expectedWaits,
      in: .service(general, order: .priority, window: 9500)))

  private static let rollups = ["first", "last"]

  private static func exponential(_ rates: [Double]) -> [PriorityQueue.Class] {
    rates.map { .init(arrivalRate: $0, service: .exponential(mean: 1)) }
  }

  /// The rollup that priority favours has the larger load, so that a fair service would favour the other.
  private static let general: [PriorityQueue.Class] = [
    .init(arrivalRate: 0.15, service: .gamma(mean: 2, cv: 0.5)),
    .init(arrivalRate: 0.2, service: .constant(1)),
  ]

  /// The mean wait where the two are one stream, whose proof times are a mixture.
  private static let generalWait = PollaczekKhinchine(
    arrivalRate: general.reduce(0) { $0 + $1.arrivalRate },
    service: .mixture(Weighted(general.map(\.service), weights: general.map(\.arrivalRate)))
  ).meanWait

  /// A claim for each proof.
  ///
  /// Wait, proof and way into a block together spread less than the wait alone, so runs are short.
  private static let generalInBlocks = WorldProbe.service(
    general, order: .firstCome, aggregated: 1, slot: 1, window: 1050)

  /// The wait of each rollup, which `expected` has in order.
  private static func waits(_ expected: [Double], in world: WorldProbe) -> [Case] {
    zip(rollups, expected).map { name, wait in
      .mean("wait of \(name)", unit: "s", wait, in: world) { $0["prover_queue_s_mean", of: name] }
    }
  }
}
