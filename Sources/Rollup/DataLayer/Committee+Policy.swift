import Declarations
import EventKernel
import Randomness

extension Committee {
  /// What a scenario says about a committee.
  public struct Policy: Hashable, Sendable {
    /// How many members it has.
    public var members = 6
    /// How many have to sign.
    public var quorum = 5
    /// Mean time for which a member of itself is up; zero for always.
    public var meanUp = SimDuration.zero
    /// Mean time for which it then is down; zero for never.
    public var meanDown = SimDuration.zero
    /// Mean time between common causes that take members down together; zero for none.
    public var commonInterval = SimDuration.zero
    /// Mean length of one; zero for none.
    public var commonDuration = SimDuration.zero
    /// Share of the members that a common cause takes down: those that run what fails.
    public var commonShare = 1.0
    /// From the sending of a batch to a member until its signature is there [s].
    public var delay = Distribution.constant(1)
    /// Bytes on the host of what is signed.
    public var commitmentBytes: UInt64 = 32
    /// Bytes on the host of one signature.
    public var signatureBytes: UInt64 = 65
    /// Gas on the host of a certificate beside its signatures.
    public var baseGas: UInt64 = 22_100
    /// Gas on the host of one signature.
    public var signatureGas: UInt64 = 5100

    /// A committee whose members are always up.
    public init() {}

    /// Calldata of a certificate, which has as many signatures as are needed [B].
    public var certificateBytes: UInt64 { commitmentBytes + UInt64(quorum) * signatureBytes }

    /// What the host computes to check one [gas].
    public var certificateGas: UInt64 { baseGas + UInt64(quorum) * signatureGas }

    /// The members that a common cause takes down, which are the first ones.
    public var exposed: Int { Int((commonShare * Double(members)).rounded()) }

    /// Whether members come and go.
    var membersFail: Bool { meanUp > .zero && meanDown > .zero }

    /// Whether there are common causes.
    var hasCommonCause: Bool { commonInterval > .zero && commonDuration > .zero }
  }
}

extension Committee.Policy {
  /// The most members: signers are the bits of a word.
  public static let mostMembers = 64

  /// What a scenario can say about a committee.
  public static let parameters: [PartParameter<Committee.Policy>] = [
    .whole("members", .count, \.members, "Members of the committee."),
    .whole("quorum", .count, \.quorum, "Members that have to sign the data of a batch.").titled(
      "Signatures that a batch needs"),
    .duration(
      "up", \.meanUp, "Mean time for which a member is up, exponential; 0 for always."
    ).titled("Mean time up of a member"),
    .duration(
      "down", \.meanDown, "Mean time for which it is down after that, exponential; 0 for never."
    ).titled("Mean time down of a member"),
    .duration(
      "common_interval", \.commonInterval,
      "Mean time from one common cause that takes members down to the next, exponential; 0 for none."
    ).titled("Mean time between common causes"),
    .duration(
      "common_duration", \.commonDuration, "Mean length of one, exponential; 0 for none."
    ).titled("Mean length of a common cause"),
    .number(
      "common_share", .share, \.commonShare, "Share of the members that a common cause takes down."
    ).used(when: \.hasCommonCause),
    .distribution(
      "delay", .duration, \.delay,
      "Time from the sending of a batch to a member until its signature is there."
    ).titled("Time until a member has signed"),
    .whole(
      "commitment_bytes", .bytes, \.commitmentBytes,
      "Calldata of what is signed, beside the signatures."),
    .whole("signature_bytes", .bytes, \.signatureBytes, "Calldata of one signature."),
    .whole(
      "gas", .gas, \.baseGas, "Gas on the host of a certificate beside calldata and signatures."),
    .whole(
      "signature_gas", .gas, \.signatureGas,
      "Gas on the host to check one signature, beside its calldata."),
  ]

  /// States what holds of any committee.
  public func check(_ expect: inout Expectations) {
    expect(
      (1...Self.mostMembers).contains(members), "members",
      "expected from 1 to \(Self.mostMembers) members")
    expect(
      (1...max(members, 1)).contains(quorum), ["quorum", "members"],
      "expected from 1 signature to one of each of the \(members) members")
    checkPair(meanUp, meanDown, "up", "down", &expect)
    checkPair(commonInterval, commonDuration, "common_interval", "common_duration", &expect)
    expect((0...1).contains(commonShare), "common_share", "expected a share from 0 to 1")
    for (bytes, key) in [
      (commitmentBytes, "commitment_bytes"), (signatureBytes, "signature_bytes"),
    ] {
      expect(bytes <= 100_000, .init(stringLiteral: key), "expected at most 100,000 B")
    }
    for (gas, key) in [(baseGas, "gas"), (signatureGas, "signature_gas")] {
      expect(gas <= 1_000_000_000, .init(stringLiteral: key), "expected at most 1e9 gas")
    }
  }

  /// Both or neither; a cycle shorter than a second would make nothing but events.
  private func checkPair(
    _ first: SimDuration, _ second: SimDuration, _ key: String, _ other: String,
    _ expect: inout Expectations
  ) {
    let isNone = first == .zero && second == .zero
    let isLong = min(first, second) >= .seconds(1)
    expect(
      isNone || isLong, .init(arrayLiteral: key, other),
      "expected both to be 0 s, or both to be at least 1 s")
  }
}
