import Declarations
import EventKernel

extension SignerSet {
  /// What a scenario says about signers.
  public struct Policy: Hashable, Sendable {
    /// How many there are; none for no such set.
    public var signers = 0
    /// How many of them have to sign.
    public var threshold = 1
    /// How often the key of one is compromised, by itself or with others [1 / year of 365 days].
    public var compromisesPerYear = 0.0
    /// Mean time until a key that is compromised has been replaced, exponential.
    public var repair = SimDuration.days(30)
    /// The share of those compromises that hit a whole group at once.
    public var commonShare = 0.0
    /// Signers of a group, by their numbers; 0 for all in one.
    public var groupSize = 0

    /// Nobody.
    public init() {}

    /// So many signers, of whom so many have to sign.
    public init(signers: Int, threshold: Int) {
      self.signers = signers
      self.threshold = threshold
    }

    /// Whether there is such a set.
    public var exists: Bool { signers > 0 }

    /// Whether keys can be compromised.
    public var isExposed: Bool { exists && compromisesPerYear > 0 }

    /// Signers of a group: at least one.
    var groupLength: Int { groupSize > 0 ? groupSize : max(signers, 1) }

    /// How many groups a common cause can hit.
    var groups: Int { commonShare > 0 ? (signers + groupLength - 1) / groupLength : 0 }

    /// How often one key is compromised by itself [1/s].
    var aloneRate: Double {
      compromisesPerYear * (1 - commonShare) / SimDuration.secondsOfYear
    }

    /// How often a group is hit [1/s].
    var commonRate: Double { compromisesPerYear * commonShare / SimDuration.secondsOfYear }

    /// How often what is compromised is replaced [1/s].
    var repairRate: Double { 1 / repair.seconds }
  }
}

extension SignerSet.Policy {
  /// The most signers of a set.
  public static let most = 1000

  /// What a scenario can say about signers.
  ///
  /// - Parameter name: what the set is called in titles.
  public static func parameters(of name: String) -> [PartParameter<SignerSet.Policy>] {
    [
      .whole(
        "signers", .count, \.signers, "Signers of the \(name); 0 where there is none.",
        affects: [.upgrade]
      ).titled("Signers of the \(name)"),
      .whole(
        "threshold", .count, \.threshold, "How many of them have to sign.", affects: [.upgrade]
      ).titled("Signatures that the \(name) needs").used(when: \.exists),
      .number(
        "compromises_per_year", .number, \.compromisesPerYear,
        "How often the key of one is compromised, a year of 365 days.", affects: [.upgrade]
      ).titled("Compromises of a signer of the \(name) a year").used(when: \.exists),
      .duration(
        "repair", \.repair,
        "Mean time until a compromised key has been replaced, exponential.", affects: [.upgrade]
      ).titled("Time until a key of the \(name) is replaced").used(when: \.isExposed),
      .number(
        "common_share", .share, \.commonShare,
        "Share of the compromises that hit a whole group of signers at once.", affects: [.upgrade]
      ).titled("Share of common causes in the \(name)").used(when: \.isExposed),
      .whole(
        "common_group", .count, \.groupSize,
        "Signers whom one common cause hits, by their numbers; 0 for all.", affects: [.upgrade]
      ).titled("Signers of the \(name) whom a common cause hits").used {
        $0.isExposed && $0.commonShare > 0
      },
    ]
  }

  /// States what holds of any signers.
  public func check(_ expect: inout Expectations) {
    expect((0...Self.most).contains(signers), "signers", "expected at most \(Self.most) signers")
    guard exists else { return }
    expect(
      (1...signers).contains(threshold), ["threshold", "signers"],
      "expected from 1 signature to one of each of the \(signers) signers")
    expect(
      (0...10_000).contains(compromisesPerYear), "compromises_per_year",
      "expected from 0 to 10,000 a year")
    expect(!isExposed || repair >= .seconds(1), "repair", "expected at least 1 s")
    expect((0...1).contains(commonShare), "common_share", "expected a share from 0 to 1")
    expect(
      (0...signers).contains(groupSize), ["common_group", "signers"],
      "expected at most the \(signers) signers")
  }
}
