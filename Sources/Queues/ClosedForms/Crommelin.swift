import Foundation
import Randomness

/// M/D/1: one server whose service takes the same time for all.
///
/// Source: Crommelin 1932, "Delay probability formulae when the holding times are constant", Post
/// Office Electrical Engineers' Journal 25, 41–50; Erlang 1909 for one server.
public struct Crommelin: Sendable {
  /// Mean number of arrivals [1/s].
  public let arrivalRate: Double
  /// Time that a customer needs of the server [s].
  public let service: Double

  /// A queue whose server works less than all of the time.
  public init(arrivalRate: Double, service: Double) {
    precondition(arrivalRate * service < 1, "the queue grows for ever")
    self.arrivalRate = arrivalRate
    self.service = service
  }

  /// The queue to simulate.
  public var queue: ServiceQueue {
    ServiceQueue(arrivalRate: arrivalRate, service: .constant(service))
  }

  /// Mean time in line [s]: ρD/(2(1 − ρ)).
  public var meanWait: Double {
    let load = arrivalRate * service
    return load * service / (2 * (1 - load))
  }

  /// The probability of at most `time` [s] in line, F(t).
  ///
  /// (1 − ρ) Σ (λ(jD − t))ʲ/j! e^(−λ(jD − t)) over j from 0 to ⌊t/D⌋. Terms alternate in sign and grow
  /// with e^(λt): at λt = 10 some ten digits are left.
  public func waitCumulative(_ time: Double) -> Double {
    guard time >= 0 else { return 0 }
    var sum = exp(arrivalRate * time)
    var logFactorial = 0.0
    for j in stride(from: 1.0, through: (time / service).rounded(.down), by: 1) {
      logFactorial += log(j)
      // λ(t − jD), from which the sign (−1)ʲ is taken out.
      let x = arrivalRate * (time - j * service)
      let size = x > 0 ? exp(j * log(x) - logFactorial + x) : 0
      sum += j.truncatingRemainder(dividingBy: 2) == 0 ? size : -size
    }
    return (1 - arrivalRate * service) * sum
  }

  /// The time in line [s] that a share `probability` of customers does not exceed; 0 if so many do not
  /// wait at all.
  public func waitQuantile(_ probability: Double) -> Double {
    if waitCumulative(0) >= probability { return 0 }
    return crossing(of: 1 - probability) { 1 - waitCumulative($0) }
  }
}
