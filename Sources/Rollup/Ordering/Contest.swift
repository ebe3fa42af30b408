/// A contest in which the chance to win is one's share of what all spend (Tullock 1980).
///
/// A race of independent exponential times is one: who has the rate λᵢ is first with probability λᵢ/Σλ, so where speed
/// costs money in proportion to the rate, spending xᵢ wins with xᵢ/Σx. Copies of a transaction in random order, or with
/// exponential delays, are another: mᵢ/Σm (Capponi and Zhu, arXiv 2512.10094).
///
/// Who values the prize at Vᵢ spends xᵢ = sᵢ · X, with the share sᵢ = max(0, 1 − X/Vᵢ) and the total X at which shares add
/// up to one (share functions: Cornes and Hartley 2005). Of n equals each spends (n − 1)/n² · V and keeps V/n²: all together
/// waste (n − 1)/n of the prize. Where taking part costs F besides, k = ⌊√(V/F)⌋ enter, and the waste (k − 1)/k + k F/V goes
/// to one as F goes to zero; where √(V/F) is a whole number it is one at once.
public struct Contest {
  /// What each spends, in the order of values.
  public let spending: [Double]
  /// What each has in the mean, before what it spends.
  public let gains: [Double]

  /// The equilibrium among those to whom the prize is worth so much; each value positive.
  public init(values: [Double]) {
    guard values.count > 1 else {
      spending = values.map { _ in 0 }
      gains = values
      return
    }
    // The sum of shares falls in X from n at zero to none at the largest value.
    var (low, high) = (0.0, values.max() ?? 0)
    for _ in 0..<200 {
      let middle = (low + high) / 2
      let shares = values.reduce(0) { $0 + Self.share(of: $1, at: middle) }
      if shares > 1 { low = middle } else { high = middle }
    }
    let total = (low + high) / 2
    spending = values.map { Self.share(of: $0, at: total) * total }
    gains = values.map { Self.share(of: $0, at: total) * $0 }
  }

  private static func share(of value: Double, at total: Double) -> Double {
    value > 0 ? max(0, 1 - total / value) : 0
  }

  /// How many enter, those to whom it is worth most first: the most of whom each keeps what it costs to take part.
  ///
  /// - Parameters:
  ///   - values: falling.
  ///   - cost: of taking part.
  public static func entrants(values: [Double], cost: Double) -> Int {
    var most = 0
    for count in values.indices.map({ $0 + 1 }) {
      let contest = Contest(values: Array(values[..<count]))
      let least = zip(contest.gains, contest.spending).map { $0 - $1 }.min() ?? 0
      // What is exactly enough is enough, whatever rounding says.
      guard least >= cost * (1 - 1e-9) else { break }
      most = count
    }
    return most
  }

  /// A sealed bid over what it is worth, where that is a share of a value that is uniform from 0 to 1 for each of n bidders, the
  /// best has what he bids for and pays his bid, and all others pay a part φ of theirs.
  ///
  /// By the envelope of v G − b (G + φ (1 − G)) with G = v^(n − 1): b = (n − 1)/n · vⁿ / (φ + (1 − φ) v^(n − 1)). That is (n − 1)/n · v
  /// where losers pay nothing, and the all-pay auction's (n − 1)/n · vⁿ where they pay all; the revenue is (n − 1)/(n + 1) of
  /// the value for any φ (revenue equivalence: Myerson 1981).
  public static func shade(_ value: Double, among bidders: Int, losersPay part: Double) -> Double {
    guard bidders > 1 else { return 0 }
    var best = 1.0
    for _ in 1..<bidders { best *= value }
    guard best > 0 else { return 0 }
    return Double(bidders - 1) / Double(bidders) * best / (part + (1 - part) * best)
  }

  /// Copies that each of n equals sends for a prize, where one that fails costs so much: ((n − 1)/n²) · V/c, rounded.
  ///
  /// The prize is what is left of the opportunity after the gas of the winning copy, and the gas that this one does not
  /// waste.
  public static func copies(of searchers: Int, prize: Double, cost: Double, most: Int) -> Int {
    guard cost > 0 else { return most }
    let count = Double(searchers)
    let best = (count - 1) / (count * count) * (prize + cost) / cost
    return min(max(Int(min(best, 1e9).rounded()), 1), most)
  }
}
