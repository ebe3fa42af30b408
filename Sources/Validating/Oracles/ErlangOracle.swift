import Queues

extension Oracle {
  /// Equal servers behind one line; the second case is a pool of four provers.
  static let erlangC = Oracle(
    name: "erlang-c",
    statement: """
      M/M/c: Wq = C/(c mu - lambda), C = B/(1 - (a/c)(1 - B)), B_k = a B_(k-1)/(k + a B_(k-1))
      """,
    source: "Erlang 1917; Gross & Harris, Fundamentals of Queueing Theory, section 2.3",
    cases: [(3, 1), (0.02, 120)].map { rate, service in
      let known = ErlangC(arrivalRate: rate, meanService: service, servers: 4)
      return .meanWait(
        "mean wait, lambda = \(rate.shortest)/s, 1/mu = \(service.shortest) s, c = 4",
        known.meanWait, in: known.queue)
    })
}
