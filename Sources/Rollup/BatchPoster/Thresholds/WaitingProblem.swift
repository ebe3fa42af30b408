/// How long one batch that is full waits for a lower fee: optimal stopping with a deadline.
///
/// It is posted when that costs no more than a step of delay and what is expected afterwards, found from the deadline
/// back (Bellman 1957, Dynamic Programming).
public struct WaitingProblem: Sendable {
  /// The fee from step to step.
  public var fees: FeeChain
  /// What is charged by the fee [gas or blob gas].
  public var units: Double
  /// What else posting costs [wei].
  public var fixed: Double
  /// What a step of delay costs [wei].
  public var delay: Double
  /// The age at which it is posted at any fee, in steps.
  public var steps: Int

  /// A batch to be posted.
  public init(fees: FeeChain, units: Double, fixed: Double, delay: Double, steps: Int) {
    self.fees = fees
    self.units = units
    self.fixed = fixed
    self.delay = delay
    self.steps = steps
  }

  /// The fee up to which it is posted at the ages of 1, 2, … steps, and what it costs from each age on at each
  /// level of the fee [wei].
  public func solve() -> (thresholds: PostingThresholds, costs: [[Double]]) {
    let posted = fees.levels.map { $0 * units + fixed }
    var costs = [posted]
    var thresholds = [Double.infinity]
    for _ in 1..<max(steps, 1) {
      let later = costs[costs.count - 1]
      let waited = posted.indices.map { level in
        delay + fees.expectation(after: level) { later[$0] }
      }
      let advantages = zip(waited, posted).map { $0 - $1 }
      thresholds.append(PostingThresholds.threshold(advantages, fees.levels))
      costs.append(zip(waited, posted).map { min($0, $1) })
    }
    return (PostingThresholds(fees: thresholds.reversed()), costs.reversed())
  }
}
