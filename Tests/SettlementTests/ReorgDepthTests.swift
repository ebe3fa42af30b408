import Testing

@testable import Settlement

/// How often and how deep history is replaced.
@Suite struct ReorgDepthTests {
  /// Mean 3: depth n has probability (2/3)^(n − 1)/3 up to the most, which has the rest.
  ///
  /// Seed 1, 40,000 blocks, one in five of which is built on an earlier block. H0: this law; χ² with 5
  /// degrees of freedom over no re-org and depths 1 … 5. False alarm 1e-6 (χ² < 35.9). Detects a
  /// probability of 0.212 and a mean of 3.25.
  @Test func depthsAreGeometricUpToTheMost() {
    var reorgs = Reorgs(
      .init(probability: 0.2, meanDepth: 3, maxDepth: 5), seed: 1, replication: 0)
    let count = 40_000
    var observed = [Int](repeating: 0, count: 6)
    for _ in 0..<count { observed[reorgs.nextDepth()] += 1 }
    var statistic = 0.0
    var tail = 0.2
    for depth in 0...5 {
      let probability = depth == 0 ? 0.8 : depth < 5 ? tail / 3 : tail
      if depth > 0 { tail *= 2.0 / 3 }
      let expected = Double(count) * probability
      statistic +=
        (Double(observed[depth]) - expected) * (Double(observed[depth]) - expected)
        / expected
    }
    #expect(statistic < 35.9, "χ² = \(statistic)")
  }

  @Test(arguments: [1, 4]) func theMostBoundsEveryDepth(_ most: Int) {
    var reorgs = Reorgs(
      .init(probability: 1, meanDepth: 1000, maxDepth: most), seed: 2, replication: 0)
    let depths = (0..<500).map { _ in reorgs.nextDepth() }
    #expect(depths.max() == most && depths.min() ?? 0 >= 1)
  }

  @Test func aMeanOfOneDropsOneBlock() {
    var reorgs = Reorgs(.init(probability: 1, meanDepth: 1, maxDepth: 64), seed: 3, replication: 0)
    let depths = (0..<500).map { _ in reorgs.nextDepth() }
    #expect(Set(depths) == [1])
  }

  @Test func withoutAProbabilityThereAreNone() {
    var reorgs = Reorgs(.init(), seed: 4, replication: 0)
    let canHappen = reorgs.canHappen
    #expect(!canHappen)
    let depths = (0..<500).map { _ in reorgs.nextDepth() }
    #expect(Set(depths) == [0])
  }
}
