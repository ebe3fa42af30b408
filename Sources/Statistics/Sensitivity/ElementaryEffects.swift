/// Elementary effects of factors along trajectories (Morris 1991, Technometrics 33, 161–174).
///
/// The effect of factor *i* on a trajectory is (y(x + Δ eᵢ) − y(x)) / Δ, with the step Δ in shares
/// of the range: what the response would change by over the whole range.
public struct ElementaryEffects: Sendable {
  /// What the effects of one factor say of it.
  public struct Factor: Equatable, Sendable {
    /// μ, the mean effect; effects of either sign cancel.
    public let mean: Estimate
    /// μ*, the mean of the effects without their signs: how much the factor matters.
    ///
    /// By Campolongo et al. (2007, Environmental Modelling & Software 22, 1509–1518).
    public let absoluteMean: Estimate
    /// σ, the standard deviation of the effects with n − 1 in the denominator: how far the factor is
    /// from linear, or interacts; nil for a single trajectory.
    public let deviation: Estimate?
  }

  /// The effects, by factor and then by trajectory.
  public let effects: [[Double]]

  /// The effects of the rows of a design, the rows of a trajectory after each other.
  ///
  /// - Parameters:
  ///   - rows: places in the unit cube; k + 1 of them, each with k numbers, are a trajectory.
  ///   - responses: one for each row.
  /// - Returns: nil if rows and responses are not as many, or a trajectory does not move each factor
  ///   once, alone.
  public init?(rows: [[Double]], responses: [Double]) {
    guard let factors = rows.first?.count, factors > 0, rows.count == responses.count,
      rows.count.isMultiple(of: factors + 1), rows.allSatisfy({ $0.count == factors })
    else { return nil }
    var effects = [[Double]](repeating: [], count: factors)
    for start in stride(from: 0, to: rows.count, by: factors + 1) {
      for row in start..<start + factors {
        let changes = zip(rows[row], rows[row + 1]).map { $1 - $0 }
        let moved = changes.indices.filter { changes[$0] != 0 }
        guard moved.count == 1, effects[moved[0]].count == start / (factors + 1) else { return nil }
        effects[moved[0]].append((responses[row + 1] - responses[row]) / changes[moved[0]])
      }
    }
    self.effects = effects
  }

  /// μ, μ* and σ of every factor, with intervals that draw whole trajectories.
  public func factors(_ bootstrap: Bootstrap) -> [Factor] {
    let all = Array(0..<(effects.first?.count ?? 0))
    let values = statistics(of: all)
    let intervals = bootstrap.intervals(
      units: all.count, statistics: values.count, statistics(of:))
    let estimates = zip(values, intervals).map { value, interval in
      value.map { Estimate(value: $0, interval: interval) }
    }
    return effects.indices.map { factor in
      guard let mean = estimates[3 * factor], let absolute = estimates[3 * factor + 1] else {
        preconditionFailure("a mean of no trajectory")
      }
      return Factor(mean: mean, absoluteMean: absolute, deviation: estimates[3 * factor + 2])
    }
  }

  /// μ, μ* and σ of the first factor, then those of the second, and so on.
  private func statistics(of trajectories: [Int]) -> [Double?] {
    effects.flatMap { effects -> [Double?] in
      var (tally, absolute) = (Tally(), Tally())
      for trajectory in trajectories {
        tally.record(effects[trajectory])
        absolute.record(abs(effects[trajectory]))
      }
      return [tally.mean, absolute.mean, tally.standardDeviation]
    }
  }
}
