extension PriorityQueue {
  /// Mean time in line of each class [s]: W₀/((1 − σₖ₋₁)(1 − σₖ)).
  ///
  /// W₀ = Σ λᵢE[Sᵢ²]/2 is what is left of the service that is under way, σₖ the load of class k and of
  /// those before it. Source: Cobham 1954, "Priority assignment in waiting line problems", Operations
  /// Research 2, 70–76.
  public var expectedWaits: [Double] {
    let residual = classes.reduce(0) { $0 + $1.arrivalRate * $1.service.secondMoment / 2 }
    var load = 0.0
    return classes.map {
      let before = load
      load += $0.arrivalRate * $0.service.mean
      precondition(load < 1, "the queue grows for ever")
      return residual / ((1 - before) * (1 - load))
    }
  }
}

extension ErlangC {
  /// Mean time in line of each class [s] where the most urgent customer goes next, and the service of
  /// all classes is the same: W₀/((1 − σₖ₋₁)(1 − σₖ)).
  ///
  /// W₀ = C/(cµ) is the mean time until a server is free, σₖ the share of the servers' time that class k
  /// and those before it take. Source: Cobham 1954, as above; Kella & Yechiali 1985, "Waiting times in
  /// the non-preemptive priority M/M/c queue", Communications in Statistics. Stochastic Models 1,
  /// 257–262.
  ///
  /// - Parameter rates: mean number of arrivals of each class [1/s], the most urgent first.
  public func expectedWaits(byPriority rates: [Double]) -> [Double] {
    let residual = delayProbability * meanService / Double(servers)
    var load = 0.0
    return rates.map {
      let before = load
      load += $0 * meanService / Double(servers)
      return residual / ((1 - before) * (1 - load))
    }
  }
}
