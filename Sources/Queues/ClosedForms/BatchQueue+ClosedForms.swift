import Randomness

/// What is known of batches that close by size N or timer T, with arrivals at rate λ.
///
/// Take the first of a batch as the origin. The k-th after it comes at Sₖ, the sum of k exponentials,
/// and is in the batch if k < N and Sₖ ≤ T. With Pₖ = P(Sₖ ≤ T), the regularised lower gamma function
/// P(k, λT), all means follow.
extension BatchQueue {
  /// P(Sₖ ≤ t), also for k = 0.
  private func arrival(_ k: Int, isBy time: Double) -> Double {
    if k == 0 { return time >= 0 ? 1 : 0 }
    return Distribution.gamma(shape: Double(k), scale: 1 / arrivalRate).cumulative(time)
  }

  /// Mean number in a batch: 1 + Σ Pₖ over k from 1 to N − 1.
  public var expectedSize: Double { (0..<size).reduce(0) { $0 + arrival($1, isBy: timer) } }

  /// Mean time from close to close [s]: a batch takes as long as its arrivals, size/λ (Wald).
  public var expectedInterval: Double { expectedSize / arrivalRate }

  /// Mean time from arrival to close [s]: Σ kPₖ/(λ · size) over k from 1 to N − 1.
  ///
  /// While k are in the batch and it stays open, they wait together; the state with k lasts Pₖ/λ.
  public var expectedWait: Double {
    let sum = (1..<max(size, 2)).reduce(0) { sum, k in
      k < size ? sum + Double(k) * arrival(k, isBy: timer) : sum
    }
    return sum / (arrivalRate * expectedSize)
  }

  /// The probability that a transaction waits for longer than `time` [s] until its batch closes.
  ///
  /// The batch closes at min(T, S_(N−1)), so number k is in it and waits for longer than t < T if
  /// Sₖ ≤ T − t and S_(N−1) − Sₖ > t. The two are independent: the difference is a sum of N − 1 − k
  /// other exponentials. Hence the mean number in a batch that waits for longer than t is
  /// Σ P(Sₖ ≤ T − t) P(S_(N−1−k) > t) over k from 0 to N − 1, and the probability is that over the mean
  /// size. Nobody waits for longer than T.
  public func waitSurvival(_ time: Double) -> Double {
    guard time < timer else { return 0 }
    let longer = (0..<size).reduce(0) {
      $0 + arrival($1, isBy: timer - time) * (1 - arrival(size - 1 - $1, isBy: time))
    }
    return longer / expectedSize
  }

  /// The wait [s] that a share `probability` of transactions does not exceed.
  public func waitQuantile(_ probability: Double) -> Double {
    crossing(of: 1 - probability, waitSurvival)
  }
}
