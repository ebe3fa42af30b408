extension TandemQueue {
  /// Mean time from arrival to departure with exponential service [s]: Σ 1/(µᵢ − λ).
  ///
  /// What leaves an M/M/1 is Poisson again, so the servers are as if alone. Source: Burke 1956; Jackson
  /// 1957; Kleinrock 1975, Queueing Systems I, section 4.8.
  ///
  /// - Parameters:
  ///   - arrivalRate: mean number of arrivals [1/s].
  ///   - meanServices: mean service time of each server [s].
  public static func expectedSojourn(arrivalRate: Double, meanServices: [Double]) -> Double {
    meanServices.reduce(0) {
      precondition(arrivalRate * $1 < 1, "the queue grows for ever")
      return $0 + 1 / (1 / $1 - arrivalRate)
    }
  }
}

extension FanOut {
  /// Mean of the longest of n exponential tasks [s]: Hₙ/µ, as the k-th of them ends 1/((n − k + 1)µ)
  /// after the one before (Rényi 1953).
  ///
  /// - Parameters:
  ///   - tasks: their number n.
  ///   - mean: mean duration of one, 1/µ [s].
  public static func expectedDuration(tasks: Int, mean: Double) -> Double {
    (1...tasks).reduce(0) { $0 + mean / Double($1) }
  }
}
