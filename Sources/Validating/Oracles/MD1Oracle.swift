import Queues

extension Oracle {
  /// The queue with constant service by one server.
  static let md1: Oracle = {
    let known = Crommelin(arrivalRate: 0.5, service: 1)
    return Oracle(
      name: "md1", statement: "M/D/1: Wq = rho D/(2(1 - rho))",
      source: "Erlang 1909; Crommelin 1932",
      cases: [.meanWait("mean wait, lambda = 0.5, D = 1", known.meanWait, in: known.queue)])
  }()
}
