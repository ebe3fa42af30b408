// Howard's policy iteration (Howard 1960, Dynamic Programming and Markov Processes): each policy is valued
// exactly, and improved where another decision is better, until none is.

/// What a policy costs.
public struct PostingValue: Sendable {
  /// Mean cost of a step in the long run [wei].
  public let costPerStep: Double
  /// Relative value of having posted at each level [wei].
  let afterPosting: [Double]
}

extension PostingProblem {
  /// Policies that are looked at, at most; a handful is usual.
  private static let mostPolicies = 100

  /// The best decisions, and what they cost.
  public func solve() -> (decisions: PostingDecisions, value: PostingValue) {
    var decisions = PostingDecisions(levels: fees.levels.count, steps: last)
    var value = self.value(of: decisions)
    for _ in 0..<Self.mostPolicies {
      let next = improved(decisions, value)
      guard next != decisions else { break }
      decisions = next
      value = self.value(of: decisions)
    }
    return (decisions, value)
  }

  /// What a policy costs.
  ///
  /// From the last step back each state is a linear function of the values after posting: probabilities of
  /// the level at which it is posted, the cost until then and the steps. After posting nothing waits and a
  /// step passes, which closes the equations; their solution is fixed by giving the first level the value 0.
  public func value(of decisions: PostingDecisions) -> PostingValue {
    let count = fees.levels.count
    var states = (0..<count).map { posted(at: $0, last) }
    for step in stride(from: last - 1, through: 1, by: -1) {
      let later = states
      for level in 0..<count {
        states[level] =
          decisions[level, step] ? posted(at: level, step) : waited(later, level, delay[step])
      }
    }
    return solution((0..<count).map { waited(states, $0, delay[0]) })
  }

  /// A state as a linear function of the values after posting.
  private struct Outlook {
    var probabilities: [Double]
    var cost: Double
    var steps: Double
  }

  private func posted(at level: Int, _ step: Int) -> Outlook {
    var outlook = Outlook(
      probabilities: [Double](repeating: 0, count: fees.levels.count), cost: cost(at: level, step),
      steps: 0)
    outlook.probabilities[level] = 1
    return outlook
  }

  private func waited(_ next: [Outlook], _ level: Int, _ delay: Double) -> Outlook {
    var outlook = Outlook(
      probabilities: [Double](repeating: 0, count: next.count), cost: delay, steps: 1)
    for step in fees.steps[level] {
      let (weight, then) = (step.probability, next[step.level])
      for place in then.probabilities.indices {
        outlook.probabilities[place] += weight * then.probabilities[place]
      }
      outlook.cost += weight * then.cost
      outlook.steps += weight * then.steps
    }
    return outlook
  }

  /// Solves w = B w + c − g t with w of the first level 0, by elimination with pivots.
  private func solution(_ rows: [Outlook]) -> PostingValue {
    let count = rows.count
    // The column of the first level has the mean cost in its place.
    var matrix = rows.enumerated().map { place, row -> [Double] in
      var line = row.probabilities.map { -$0 }
      line[place] += 1
      line[0] = row.steps
      return line + [row.cost]
    }
    for column in 0..<count {
      let pivot =
        (column..<count).max { abs(matrix[$0][column]) < abs(matrix[$1][column]) } ?? column
      matrix.swapAt(column, pivot)
      for row in 0..<count where row != column && matrix[row][column] != 0 {
        let factor = matrix[row][column] / matrix[column][column]
        for place in column...count { matrix[row][place] -= factor * matrix[column][place] }
      }
    }
    var solution = (0..<count).map { matrix[$0][count] / matrix[$0][$0] }
    let cost = solution[0]
    solution[0] = 0
    return PostingValue(costPerStep: cost, afterPosting: solution)
  }

  /// Decisions that are better where any is, by more than rounding.
  private func improved(
    _ decisions: PostingDecisions, _ value: PostingValue
  ) -> PostingDecisions {
    var next = decisions
    forEachState(value, following: decisions) { level, step, advantage, scale in
      if abs(advantage) > 1e-10 * scale { next[level, step] = advantage > 0 }
    }
    return next
  }

  /// Calls `body` for each state but those of the last step, from the last back, with what waiting costs
  /// more than posting, and the size of both.
  ///
  /// - Parameter decisions: those that are followed afterwards; nil for the better one in each state.
  func forEachState(
    _ value: PostingValue, following decisions: PostingDecisions? = nil,
    _ body: (_ level: Int, _ step: Int, _ advantage: Double, _ scale: Double) -> Void
  ) {
    let count = fees.levels.count
    var later = (0..<count).map { cost(at: $0, last) + value.afterPosting[$0] }
    for step in stride(from: last - 1, through: 1, by: -1) {
      var values = later
      for level in 0..<count {
        let post = cost(at: level, step) + value.afterPosting[level]
        let wait =
          delay[step] - value.costPerStep + fees.expectation(after: level) { later[$0] }
        body(level, step, wait - post, abs(wait) + abs(post))
        let posts = decisions.map { $0[level, step] } ?? (wait >= post)
        values[level] = posts ? post : wait
      }
      later = values
    }
  }
}
