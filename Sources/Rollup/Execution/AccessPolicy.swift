import Declarations
import Randomness

/// What transactions read and write: the hot-state model from which conflicts come.
///
/// A transaction reads some keys and writes others, each of its own choice by a Zipf law over the keys that there are.
/// With some probability it writes the key of a hot group as well, such as the pool of one market maker or the counter
/// of one collection. What is written is read first, as balances, reserves and counters are.
public struct AccessPolicy: Hashable, Sendable {
  /// Keys that there are: storage slots, accounts or coins.
  public var keys: UInt64 = 1_000_000
  /// How much transactions prefer few keys: the exponent of their Zipf law; 0 for not at all.
  public var zipfExponent = 0.5
  /// What each class does, in the order of `TransactionClass`.
  public var profiles = TransactionClass.allCases.map(AccessProfile.init(of:))

  /// The base case.
  public init() {}

  /// Which key an access goes to.
  var law: ZipfLaw { ZipfLaw(count: keys, exponent: zipfExponent) }
}

/// What transactions of one class read and write.
public struct AccessProfile: Hashable, Sendable {
  /// Keys that one reads and does not write.
  public var reads = 1
  /// Keys that one reads and writes.
  public var writes = 2
  /// The share of them that write the key of a hot group.
  public var hotShare = 0.0
  /// Which group that is: classes of the same number share one.
  public var hotGroup: Int

  /// The base case of a class, with a group of its own.
  public init(of kind: TransactionClass) { hotGroup = kind.rawValue + 1 }
}

extension AccessPolicy {
  /// Keys that a transaction has of a kind, at most.
  private static let most = 1000

  static let parameters: [PartParameter<AccessPolicy>] =
    [
      .whole("keys", .count, \.keys, "Keys of the state that transactions read and write.")
        .titled("Keys of the state"),
      .number(
        "zipf_exponent", .number, \.zipfExponent,
        "Exponent of the Zipf law by which transactions choose keys; 0 for all alike."
      ).titled("Zipf exponent of keys"),
    ]
    + TransactionClass.allCases.flatMap { kind in
      AccessProfile.parameters
        .lifted(under: "classes.\(kind.name)", to: \.profiles[kind.rawValue])
        .titled { "\($0), \(kind.name.replacing("_", with: " "))" }
    }

  func check(_ expect: inout Expectations) {
    expect((1...1_000_000_000_000).contains(keys), "keys", "expected from 1 to 1e12 keys")
    expect((0...10).contains(zipfExponent), "zipf_exponent", "expected an exponent from 0 to 10")
    for kind in TransactionClass.allCases {
      let profile = profiles[kind.rawValue]
      let path = "classes.\(kind.name)"
      for (key, count) in [("reads", profile.reads), ("writes", profile.writes)] {
        expect(
          (0...Self.most).contains(count), ["\(path).\(key)"], "expected at most \(Self.most) keys")
      }
      expect(
        (0...1).contains(profile.hotShare), "\(path).hot_share", "expected a share from 0 to 1")
      expect(
        (1...1_000_000).contains(profile.hotGroup), "\(path).hot_group",
        "expected a number from 1 to 1,000,000")
    }
  }
}

extension AccessProfile {
  fileprivate static let parameters: [PartParameter<AccessProfile>] = [
    .whole(
      "reads", .count, \.reads, "Keys that a transaction of this class reads and does not write."
    ).titled("Keys that a transaction reads"),
    .whole("writes", .count, \.writes, "Keys that a transaction of this class reads and writes.")
      .titled("Keys that a transaction writes"),
    .number(
      "hot_share", .share, \.hotShare,
      "Share of the transactions of this class that write the key of a hot group, as of one pool."
    ).titled("Share of transactions on a hot key"),
    .whole(
      "hot_group", .count, \.hotGroup,
      "The number of that group; classes of the same number share its key."
    ).titled("Hot group"),
  ]
}
