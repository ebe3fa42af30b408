import Ledger
import Randomness

/// What members of a set have at stake, and lose.
struct StakeBook: Sendable {
  /// By member.
  private(set) var stakes: [Wei]
  /// What was lost in all.
  private(set) var lost = Wei.zero
  /// All that there was at the start.
  let total: Wei

  /// Draws what each has.
  init(members: Int, _ law: Distribution, _ stream: inout RandomStream) {
    stakes = (0..<members).map { _ in Wei(coins: min(max(0, law.sample(&stream)), 1e9)) }
    total = stakes.reduce(.zero, +)
  }

  /// No stakes.
  init() { (stakes, total) = ([], .zero) }

  /// What is left.
  var left: Wei { total - lost }

  /// Takes a share of what a member has left.
  ///
  /// - Returns: how much that is.
  mutating func take(_ share: Double, from member: Int) -> Wei {
    let amount = stakes[member].scaled(by: share)
    stakes[member] -= amount
    lost += amount
    return amount
  }

  /// A member in proportion to what is left, of those who may be chosen; of equals where nobody has anything.
  func draw(_ uniform: Double, among allowed: [Int]) -> Int {
    let weights = allowed.map { stakes[$0].asDouble }
    let sum = weights.reduce(0, +)
    guard sum > 0 else {
      return allowed[min(Int(uniform * Double(allowed.count)), allowed.count - 1)]
    }
    var rest = uniform * sum
    for (member, weight) in zip(allowed, weights) {
      rest -= weight
      if rest < 0 { return member }
    }
    return allowed[allowed.count - 1]
  }
}
