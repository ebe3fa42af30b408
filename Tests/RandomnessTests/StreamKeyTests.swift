import Testing

@testable import Randomness

/// Streams are keyed by (seed, replication, name) and nothing else.
@Suite struct StreamKeyTests {
  private static func words(
    _ seed: UInt64, _ replication: UInt64, _ name: String, count: Int = 8
  ) -> [UInt64] {
    var stream = RandomStream(seed: seed, replication: replication, name: name)
    return (0..<count).map { _ in stream.nextWord() }
  }

  @Test func theSameKeyGivesTheSameSequence() {
    #expect(Self.words(1, 2, "workload") == Self.words(1, 2, "workload"))
  }

  @Test(
    arguments: [
      (2, 2, "workload"), (1, 3, "workload"), (1, 2, "workloae"), (2, 1, "workload"),
      (1, 2, "workload "), (1, 2, ""),
    ] as [(UInt64, UInt64, String)])
  func anotherSeedReplicationOrNameGivesAnotherKey(
    _ seed: UInt64, _ replication: UInt64, _ name: String
  ) {
    let key = RandomStream.key(seed: seed, replication: replication, name: name)
    let base = RandomStream.key(seed: 1, replication: 2, name: "workload")
    #expect(key.0 != base.0 && key.1 != base.1)
  }

  /// The key is a promise to everybody who has published a seed: changing it changes all results.
  ///
  /// The value was computed with NumPy's Philox and FNV-1a in Python.
  @Test func theKeyOfANamedStreamIsFrozen() {
    let key = RandomStream.key(seed: 1, replication: 0, name: "settlement.demand")
    #expect(key == (0xa116593c1f6fb0fc, 0x6fc03f67799afdde))
  }

  @Test func theOrderOfOpeningDoesNotMatter() {
    var a = RandomStream(seed: 9, replication: 0, name: "a")
    var b = RandomStream(seed: 9, replication: 0, name: "b")
    let forward = [a.nextWord(), b.nextWord()]
    b = RandomStream(seed: 9, replication: 0, name: "b")
    a = RandomStream(seed: 9, replication: 0, name: "a")
    let backward = [b.nextWord(), a.nextWord()]
    #expect(forward == backward.reversed())
  }

  @Test func aDrawFromOneStreamLeavesAnotherUnchanged() {
    let expected = Self.words(5, 0, "prover")
    var other = RandomStream(seed: 5, replication: 0, name: "sequencer")
    var stream = RandomStream(seed: 5, replication: 0, name: "prover")
    var words: [UInt64] = []
    for turn in 0..<8 {
      for _ in 0..<turn { _ = other.exponential(mean: 1) }
      words.append(stream.nextWord())
    }
    #expect(words == expected)
  }

  /// First words of 20,000 streams are pairwise distinct, and each of their 64 bits is fair.
  ///
  /// Seeds 0...19 by replications 0...19 by 50 names that differ in their last characters. H0: the
  /// first words are independent and uniform. False alarm: a collision 1.1e-11; the bits 1e-6 over
  /// all 64 (|z| < 5.5). Detects a bit that is one with a probability off by 0.02, and any two
  /// streams that start alike.
  @Test func firstWordsOf20000StreamsAreDistinctAndUniform() {
    var seen: Set<UInt64> = []
    var ones = [Int](repeating: 0, count: 64)
    for seed in 0..<20 as Range<UInt64> {
      for replication in 0..<20 as Range<UInt64> {
        for part in 0..<50 {
          let word = Self.words(seed, replication, "part.\(part)", count: 1)[0]
          seen.insert(word)
          for bit in 0..<64 { ones[bit] += Int(word >> UInt64(bit) & 1) }
        }
      }
    }
    #expect(seen.count == 20_000)
    for bit in 0..<64 {
      let z = (Double(ones[bit]) - 10_000) / 5000.0.squareRoot()
      #expect(abs(z) < 5.5, "bit \(bit)")
    }
  }
}
