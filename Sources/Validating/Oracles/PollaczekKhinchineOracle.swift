import Queues
import Randomness

extension Oracle {
  /// One server with service times of growing spread.
  static let pollaczekKhinchine = Oracle(
    name: "pollaczek-khinchine", statement: "M/G/1: Wq = lambda E[S^2]/(2(1 - rho))",
    source: "Pollaczek 1930; Khinchine 1932; Kleinrock 1975, Queueing Systems I, section 5.6",
    cases: [
      ("0", .constant(1)), ("0.25", .gamma(mean: 1, cv: 0.5)), ("1", .exponential(mean: 1)),
      ("2", .hyperexponential(mean: 1, cv: 2.squareRoot())),
      ("4", .hyperexponential(mean: 1, cv: 2)),
    ].map { (square: String, service: Distribution) in
      let known = PollaczekKhinchine(arrivalRate: 0.8, service: service)
      return .meanWait("mean wait, rho = 0.8, cv^2 = \(square)", known.meanWait, in: known.queue)
    })
}
