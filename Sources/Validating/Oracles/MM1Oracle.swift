import Queues

extension Oracle {
  /// The queue with exponential service by one server.
  static let mm1: Oracle = {
    let known = ErlangC(arrivalRate: 0.5, meanService: 1)
    return Oracle(
      name: "mm1", statement: "M/M/1: Wq = rho/(mu - lambda)",
      source: "Kleinrock 1975, Queueing Systems I, section 3.2",
      cases: [.meanWait("mean wait, lambda = 0.5, mu = 1", known.meanWait, in: known.queue)])
  }()
}
