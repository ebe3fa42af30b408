#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The fee up to which what waits is posted, by how many steps of arrivals it is or how old.
public struct PostingThresholds: Equatable, Sendable {
  /// For 1, 2, … steps.
  public let fees: [Double]

  init(fees: [Double]) { self.fees = fees }

  /// The thresholds of the best policy of a problem.
  ///
  /// Between two levels of the fee the advantage of posting is taken to be linear in the logarithm of the fee.
  /// The operator follows the better decision in each state, so thresholds are those of the value, not of the
  /// levels. A fee below the lowest level is posted if that is, and one above the highest waits only if that does.
  ///
  /// - Parameter last: the threshold of the last step.
  public init(_ problem: PostingProblem, last: Double = .infinity) {
    let value = problem.solve().value
    let levels = problem.fees.levels
    var advantages = [[Double]](
      repeating: [Double](repeating: 0, count: levels.count), count: problem.last)
    problem.forEachState(value) { level, step, advantage, _ in
      advantages[step - 1][level] = advantage
    }
    fees =
      advantages.dropLast().map { Self.threshold($0, levels) } + [last]
  }

  /// The greatest fee below which posting is better, up to the first level at which waiting is.
  static func threshold(_ advantages: [Double], _ levels: [Double]) -> Double {
    guard let first = advantages.firstIndex(where: { $0 < 0 }) else { return .infinity }
    guard first > 0 else { return 0 }
    let (below, above) = (advantages[first - 1], advantages[first])
    let share = below / (below - above)
    return levels[first - 1] * exp(share * log(levels[first] / levels[first - 1]))
  }

  /// The fee up to which it is posted what has come in a time, to the nearest step; 0 before half of the first.
  public func fee(after steps: Double) -> Double {
    let step = Int(min(steps.rounded(), Double(fees.count)))
    return step > 0 ? fees[step - 1] : 0
  }
}
