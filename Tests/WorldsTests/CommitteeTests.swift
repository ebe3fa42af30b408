import EventKernel
import Randomness
import Rollup
import Testing

/// Committees against closed forms: how often enough members are up, and how long a batch waits for them.
///
/// Seed 1. A bound is five standard deviations of the mean or more: a false alarm less than once in a million, and
/// an error of twice the bound is seen as surely. A share p of a time T that goes on for about τ has the standard
/// deviation √(2 p (1 − p) τ / T), here with T = 40,000 h; τ = 1 / (1/up + 1/down).
@Suite struct CommitteeTests {
  private static func policy(_ quorum: Int, of members: Int) -> DataPolicy {
    var policy = DataPolicy()
    policy.mode = .committee
    policy.committee.members = members
    policy.committee.quorum = quorum
    policy.committee.delay = .constant(0)
    return policy
  }

  /// P(at least m of n) with each up for a share of the time.
  private static func tail(_ quorum: Int, of members: Int, _ up: Double) -> Double {
    (quorum...max(members, quorum)).reduce(0) {
      $0 + CountDistribution.binomial(trials: members, probability: up).probability(of: $1)
    }
  }

  /// 9 h up and 1 h down: members are up for 0.9 of the time, so four of five for 0.91854 of it; τ = 0.9 h, 5σ = 0.009.
  @Test(arguments: [(4, 5), (3, 3), (1, 2)])
  func enoughMembersAreUpAsTheBinomialSays(_ quorum: Int, _ members: Int) throws {
    var policy = Self.policy(quorum, of: members)
    policy.committee.meanUp = .hours(9)
    policy.committee.meanDown = .hours(1)
    let run = DataLayerDriver.run(policy, batches: 100, every: .hours(400))
    let availability = try #require(run.measured("data_availability"))
    #expect(abs(availability - Self.tail(quorum, of: members, 0.9)) < 0.014)
  }

  /// A common cause for a tenth of the time takes half of six members down.
  ///
  /// What is left is three, of which four cannot sign: (1 − 0.1) · P(4 of 6) and nothing else; of two, 0.9 · P(2 of 6) + 0.1 · P(2 of 3).
  /// τ = 1.8 h of the cause, 5σ = 0.016.
  @Test(arguments: [4, 2]) func aCommonCauseTakesMembersTogether(_ quorum: Int) throws {
    var policy = Self.policy(quorum, of: 6)
    policy.committee.meanUp = .hours(9)
    policy.committee.meanDown = .hours(1)
    policy.committee.commonInterval = .hours(18)
    policy.committee.commonDuration = .hours(2)
    policy.committee.commonShare = 0.5
    let run = DataLayerDriver.run(policy, batches: 100, every: .hours(400))
    let expected =
      0.9 * Self.tail(quorum, of: 6, 0.9) + 0.1 * (quorum > 3 ? 0 : Self.tail(quorum, of: 3, 0.9))
    let availability = try #require(run.measured("data_availability"))
    #expect(abs(availability - expected) < 0.017)
    // Independent members alone would be too good by a tenth.
    if quorum == 4 { #expect(Self.tail(4, of: 6, 0.9) - availability > 0.07) }
  }

  /// Three of five whose delays are exponential with mean 60 s: the third of five is there after
  /// 60 · (1/5 + 1/4 + 1/3) = 47 s; variance 60² · (1/25 + 1/16 + 1/9), 5σ = 2.2 s over 4000 batches.
  @Test func aCertificateComesWithTheLastSignatureThatItNeeds() throws {
    var policy = Self.policy(3, of: 5)
    policy.committee.delay = .exponential(mean: 60)
    let run = DataLayerDriver.run(policy, batches: 4000, every: .hours(1))
    #expect(abs(run.meanWait - 47) < 2.5)
    let measured = try #require(run.measured("data_kept_s_mean"))
    #expect(abs(measured - run.meanWait) < 1e-6 * run.meanWait)
  }

  /// One member, up 1000 s and down 500 s, that takes 600 s to sign and begins anew when it was down
  /// (preemptive repeat: Conway, Maxwell and Miller 1967): from up (e^0.6 − 1) · 1500 s = 1233 s, and 500 s more
  /// if a batch finds it down: 1400 s on average; some 1500 s of standard deviation, so 5σ = 120 s over 4000 batches.
  @Test func aMemberThatGoesDownIsAskedAgain() {
    var policy = Self.policy(1, of: 1)
    policy.committee.meanUp = .seconds(1000)
    policy.committee.meanDown = .seconds(500)
    policy.committee.delay = .constant(600)
    let run = DataLayerDriver.run(policy, batches: 4000, every: .hours(10))
    #expect(abs(run.meanWait - (1233.18 + 500.0 / 3)) < 130)
  }

  /// A batch whose signatures come late holds up those behind it.
  @Test func batchesAreHandedOverInOrder() {
    var policy = Self.policy(1, of: 1)
    policy.committee.delay = .exponential(mean: 100)
    let run = DataLayerDriver.run(policy, batches: 500, every: .seconds(10))
    let times = run.waits.enumerated().map { SimDuration.seconds(10) * Int64($0) + $1 }
    #expect(times == times.sorted())
    // Some come at one instant: the second was signed before the first.
    #expect(Set(times).count < 400)
  }

  /// Each transaction chooses by itself: the mean of 2000 batches of 40 is 10 of each, its standard deviation
  /// √(40 · 0.25 · 0.75 / 2000) = 0.061.
  @Test func transactionsOfAVolitionChooseOneByOne() {
    var policy = Self.policy(1, of: 1)
    policy.mode = .volition
    policy.offHost = 0.25
    let run = DataLayerDriver.run(policy, batches: 2000, every: .seconds(10), batchSize: 40)
    let mean = Double(run.others.reduce(0, +)) / 2000
    #expect(abs(mean - 10) < 0.31)
    #expect(Set(run.others).count > 10)
  }
}
