import Ledger

/// How often claims have failed to win their group, where only that puts them out.
///
/// Dave (Nehab, Coutinho de Paula, Teixeira, arXiv 2411.05463, sections 4.4 and 4.5): a claim that loses a round is
/// demoted, since it may be right and censored; as many demotions as censors can bring about put it out. Before each
/// round claims are put in order of their demotions, and meet in groups.
struct Demotions: Sendable {
  /// Demotions of each rival that is left, fewest first.
  private(set) var rivals: [Int]
  /// Demotions of the claim of who is right, which comes first of those with as many.
  private(set) var defender = 0
  /// From when the round runs [ticks].
  var start: Int64
  /// What both sides have staked with their claims and is neither returned nor lost.
  var staked: [Wei]

  init(rivals count: Int, staked: [Wei], at tick: Int64) {
    rivals = [Int](repeating: 0, count: count)
    self.staked = staked
    start = tick
  }

  /// The rivals in the group of who is right.
  func opponents(_ ways: Int) -> Range<Int> {
    let before = rivals.prefix { $0 < defender }.count
    let first = before / ways * ways
    return first..<min(first + ways - 1, rivals.count)
  }

  /// Demotes all who have not won their group, and drops who is out.
  ///
  /// Rivals are of one adversary, who lets the one with the fewest demotions win a group of them: the strategy that
  /// delays most (the same, section 5.2, by exhaustive search).
  ///
  /// - Parameter winners: which of `opponents` have won against who is right.
  mutating func endRound(_ rules: DisputeRules, winners: [Bool]) {
    let group = opponents(rules.ways)
    var next = rivals.map { $0 + 1 }
    for first in stride(from: 0, to: group.lowerBound, by: rules.ways) { next[first] -= 1 }
    for first in stride(from: group.upperBound, to: rivals.count, by: rules.ways) {
      next[first] -= 1
    }
    if let winner = winners.firstIndex(of: true) {
      next[group.lowerBound + winner] -= 1
      defender += 1
    }
    rivals = next.filter { $0 < rules.maxDemotions }.sorted()
  }

  /// Whose claim is the last one; nil while there are others.
  func winner(_ rules: DisputeRules) -> DisputeSide? {
    if defender >= rules.maxDemotions { return .attacker }
    return rivals.isEmpty ? .defender : nil
  }
}
