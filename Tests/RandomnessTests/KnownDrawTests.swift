import Randomness
import Testing

/// What stored results were drawn from stays as it was, bit for bit.
@Suite struct KnownDrawTests {
  /// A distribution and the FNV-1a hash of its first 10,000 draws, recorded before others were added.
  static let cases: [(Distribution, UInt64)] = [
    (.uniform(low: 2, high: 5), 0x6900_3EB9_5AB9_7E45),
    (.exponential(mean: 3), 0xCB46_9C9F_95E6_1FAC),
    (.gamma(shape: 4, scale: 0.5), 0xBCA1_0B42_4EB9_0A35),
    (.gamma(shape: 0.5, scale: 2), 0x9C54_6F31_A49F_8312),
    (.gamma(mean: 1.5, cv: 0.2), 0x486B_563A_EE8A_1B65),
    (.lognormal(mu: 0.3, sigma: 1.2), 0x92B8_0776_ECE4_3500),
    (.lognormal(mean: 50_000, cv: 0.2), 0xC2E9_744C_9D93_A09E),
    (.lognormal(median: 3600, sigma: 0.5), 0x6815_50E1_471F_12B1),
  ]

  @Test(arguments: cases)
  func drawsAreThoseOfTheFirstVersion(_ distribution: Distribution, _ expected: UInt64) {
    var stream = RandomStream(seed: 20_221_122, replication: 7, name: "known")
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for _ in 0..<10_000 {
      hash = (hash ^ distribution.sample(&stream).bitPattern) &* 0x0000_0100_0000_01B3
    }
    #expect(hash == expected, "\(distribution)")
  }
}
