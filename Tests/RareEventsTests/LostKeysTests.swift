import EventKernel
import Randomness
import RareEvents
import Rollup
import Statistics
import Testing
import Validating

/// Keys that are lost, by splitting, by plain runs and by the chain.
@Suite struct LostKeysTests {
  private static func keys(
    _ signers: Int, _ threshold: Int, load: Double, common: Double = 0, group: Int = 0
  ) -> SignerSet.Policy {
    var policy = SignerSet.Policy(signers: signers, threshold: threshold)
    policy.compromisesPerYear = load * 8760
    policy.repair = .hours(1)
    policy.commonShare = common
    policy.groupSize = group
    return policy
  }

  /// Two of three at once, from one: the race 2r against 1; and three of three from there, 1/(1 + 1/(2r) + 1/r²).
  @Test func theChainByHand() {
    let two = Oracle.lossOfKeys(Self.keys(3, 2, load: 0.1), load: 0.1)
    #expect(abs(two - 0.2 / 1.2) < 1e-15)
    let three = Oracle.lossOfKeys(Self.keys(3, 3, load: 0.1), load: 0.1)
    #expect(abs(three - 1 / (1 + 1 / 0.2 + 2 / (0.2 * 0.1))) < 1e-15)
    #expect(Oracle.lossOfKeys(Self.keys(3, 1, load: 0.1), load: 0.1) == 1)
    // A common cause is first with b r / (3 (1 - b) r + b r).
    let common = Oracle.lossOfKeys(Self.keys(3, 1, load: 0.1, common: 0.4), load: 0.1)
    #expect(abs(common - 1) < 1e-15)
    #expect(Oracle.lossOfKeys(Self.keys(3, 3, load: 0.1, common: 1), load: 0.1) == 1)
  }

  /// 1.6e-6, what 9 of 12 keys come to of which each is compromised for a tenth as long as it is safe.
  ///
  /// Seed 1. H0: the chain. False alarm 1e-6 by Student's interval of 20 splittings. Detects a factor of 2.
  @Test func splittingFindsWhatIsRare() {
    let keys = Self.keys(12, 9, load: 0.1)
    let expected = Oracle.lossOfKeys(keys, load: 0.1)
    #expect(expected > 1.5e-6 && expected < 1.7e-6)
    let estimate = Splitting(levels: (2...9).map { Double($0) }, trials: 1000, repetitions: 20)
      .estimate(seed: 1, jobs: 2) { LostKeys.start(keys, seed: $0, replication: $1) }
    let interval = estimate.interval(confidence: 1 - 1e-6)
    #expect(interval.low < expected && expected < interval.high, "\(interval)")
    #expect(interval.high < 2 * expected && interval.low > 0, "\(interval)")
  }

  /// Pairs of keys that are hit together only, as one key each: two of two pairs, from one, with r against 1.
  ///
  /// Seed 1, 4000 plain runs. H0: r/(1 + r). False alarm 1e-6. Detects 30 %.
  @Test func groupsAreHitTogether() {
    let keys = Self.keys(4, 3, load: 0.25, common: 1, group: 2)
    let estimate = Splitting(levels: [3], trials: 2000, repetitions: 2)
      .estimate(seed: 1, jobs: 2) { LostKeys.start(keys, seed: $0, replication: $1) }
    let interval = estimate.interval(confidence: 1 - 1e-6)
    #expect(interval.low < 0.2 && 0.2 < interval.high, "\(interval)")
    #expect(interval.high < 0.26 && interval.low > 0.14, "\(interval)")
  }

  /// A copy goes on as the original, and one with fresh draws does not.
  @Test func aCopyTakesTheSamePath() {
    let keys = Self.keys(5, 5, load: 1, common: 0.2)
    var original = LostKeys.start(keys, seed: 3, replication: 0)
    original.run(through: .start + .hours(2)) { _ in false }
    var copy = original.copy(drawing: .same)
    var fresh = original.copy(drawing: .fresh(seed: 3, replication: 1))
    original.run(through: .start + .hours(50)) { _ in false }
    copy.run(through: .start + .hours(50)) { _ in false }
    fresh.run(through: .start + .hours(50)) { _ in false }
    let prints = [original.scheduler.fingerprint, copy.scheduler.fingerprint]
    #expect(prints[0] == prints[1])
    let other = fresh.scheduler.fingerprint
    #expect(prints[0] != other)
  }
}
