import EventKernel
import RareEvents
import Rollup

extension Oracle {
  /// How probable it is that as many keys are compromised as have to sign, before all are safe again.
  static let lostKeys = Oracle(
    name: "lost-keys",
    statement: """
      keys that are each compromised at a rate r and replaced at a rate 1: m of n at once before none is, after the \
      first, with 1 / (sum over j < m of the product over i <= j of i / ((n - i) r)); where a share b of compromises hits \
      all at once, the solution of the chain h_k ((n - k)(1 - b) r + k + b r) = (n - k)(1 - b) r h_(k+1) + k h_(k-1) + b r
      """,
    source: "a birth and death chain: first-step analysis", detects: 0.5,
    cases: [
      lostKeys("7 of 10, r = 0.2", signers: 10, threshold: 7, load: 0.2),
      lostKeys("9 of 12, r = 0.1", signers: 12, threshold: 9, load: 0.1),
      lostKeys("6 of 8, r = 0.02", signers: 8, threshold: 6, load: 0.02),
      lostKeys("9 of 12, r = 0.05, b = 0.1", signers: 12, threshold: 9, load: 0.05, common: 0.1),
    ])

  /// Each replication is a splitting of its own.
  private static func lostKeys(
    _ name: String, signers: Int, threshold: Int, load: Double, common: Double = 0
  ) -> Case {
    var policy = SignerSet.Policy(signers: signers, threshold: threshold)
    // Ten hours to replace a key, in the mean.
    policy.compromisesPerYear = load * 8760 / 10
    policy.repair = .hours(10)
    policy.commonShare = common
    let keys = policy
    let splitting = Splitting(levels: (2...threshold).map { Double($0) }, trials: 1000)
    return .mean(name, unit: "1", lossOfKeys(keys, load: load)) { seed, replication in
      splitting.repetition(Int(replication), seed: seed) {
        LostKeys.start(keys, seed: $0, replication: $1)
      }.probability
    }
  }

  /// The probability that the threshold is reached before all keys are safe again, from the first compromise on.
  ///
  /// Unknown is h_k from 1 to m - 1, with h_0 = 0 and h_m = 1, where a common cause is the end: a tridiagonal system,
  /// solved from below, h_k = p_k h_(k+1) + q_k.
  ///
  /// - Parameter load: compromises of a key in the mean time of a repair.
  package static func lossOfKeys(_ keys: SignerSet.Policy, load: Double) -> Double {
    let common = load * keys.commonShare
    let alone = load - common
    func births(_ count: Int) -> Double { Double(keys.signers - count) * alone }
    var (slopes, rests) = ([0.0], [0.0])
    for count in 1..<keys.threshold {
      let deaths = Double(count)
      let all = births(count) + deaths + common - deaths * slopes[count - 1]
      slopes.append(births(count) / all)
      rests.append((deaths * rests[count - 1] + common) / all)
    }
    let first = (1..<keys.threshold).reversed().reduce(1.0) { slopes[$1] * $0 + rests[$1] }
    return (births(0) * first + common) / (births(0) + common)
  }
}
