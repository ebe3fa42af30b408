import Declarations
import EventKernel
import Statistics

/// What a run remembers of users who left without the operator.
public struct ExitRecord: Sendable {
  private var beganAt = SimTime.start
  private var openedAt: SimTime?
  private var users = 0
  private var value = 0.0
  /// How many have left for good.
  private(set) var left = 0
  private var valueLeft = 0.0
  /// From when the operator served none to the money.
  private var times = LatencyHistogram()
  /// From when a user wanted to and could to his block.
  private var waits = LatencyHistogram()
  private var feesUSD = 0.0
  private var feeShares = 0.0
  private var first: SimTime?
  private var last = SimTime.start
  private var baseFees = Tally()
  private var highestBaseFee: UInt64 = 0
  private var blocked: Int?
  /// When each is out, and what he has, where a malicious upgrade can come before that; else empty.
  private var escapes: [(outAt: SimTime, balance: Double)] = []
  private var keepsTimes = false
  private var struckAt: SimTime?

  /// A record of nobody.
  public init() {}

  mutating func begin(
    at now: SimTime, keepingTimes: Bool, users balances: some Sequence<Double>
  ) {
    beganAt = now
    keepsTimes = keepingTimes
    for balance in balances {
      users += 1
      value += balance
    }
  }

  mutating func open(at now: SimTime) { openedAt = now }

  /// Notes what a block charges for gas in which they can leave.
  mutating func note(baseFee: UInt64) {
    baseFees.record(Double(baseFee))
    highestBaseFee = max(highestBaseFee, baseFee)
  }

  mutating func leave(
    balance: Double, feeUSD: Double, since: SimTime, in block: SimTime, outAt: SimTime
  ) {
    left += 1
    valueLeft += balance
    if keepsTimes { escapes.append((outAt, balance)) }
    times.record((outAt - beganAt).nanoseconds)
    waits.record((block - since).nanoseconds)
    feesUSD += feeUSD
    feeShares += balance > 0 ? feeUSD / balance : 0
    first = first ?? block
    last = max(last, block)
  }

  mutating func end(blocked: Int) { self.blocked = blocked }

  mutating func strike(at instant: SimTime) { struckAt = instant }

  /// Of users and of their balances the share that is out before a malicious upgrade takes effect; nil if none does.
  public var saved: (users: Double?, value: Double?) {
    guard let struckAt else { return (nil, nil) }
    let out = escapes.filter { $0.outAt < struckAt }
    return (ofUsers(out.count), share(out.reduce(0) { $0 + $1.balance }, of: value))
  }

  private func ofUsers(_ count: Int) -> Double? { share(Double(count), of: Double(users)) }

  private func perExit(_ sum: Double) -> Double? { share(sum, of: Double(left)) }

  /// The measures of exits.
  public static let measures: [PartMeasure<Exits.Policy, ExitRecord>] =
    (times + amounts).applies(when: \.happens)

  private static let times: [PartMeasure<Exits.Policy, ExitRecord>] = [
    .init(
      .exit, "open_s", title: "Time until users can leave", unit: "s", rests: rests,
      "Time from when the operator serves no withdrawal until users can leave without it."
    ) { _, record in record.openedAt.map { ($0 - record.beganAt).seconds } },
    .init(
      .exit, "s_mean", title: "Time until a user has left, mean", unit: "s", rests: rests,
      "Time from when the operator serves no withdrawal until a user has his money, mean over those who leave."
    ) { $1.times.meanSeconds },
    .init(
      .exit, "s_p50", title: "Time until a user has left, median", unit: "s", rests: rests,
      "The same, median."
    ) { $1.times.quantileSeconds(0.5) },
    .init(
      .exit, "s_p95", title: "Time until a user has left, 95th percentile", unit: "s", rests: rests,
      "The same, 95th percentile."
    ) { $1.times.quantileSeconds(0.95) },
    .init(
      .exit, "s_max", title: "Time until a user has left, largest", unit: "s", rests: rests,
      "The same, largest."
    ) { $1.times.maximumSeconds },
    .init(
      .exit, "wait_s_mean", title: "Time that a user waits for a block, mean", unit: "s",
      rests: rests,
      "Time from when a user wants to leave and could to the block that lets him out, mean over those who "
        + "leave."
    ) { $1.waits.meanSeconds },
    .init(
      .exit, "run_s", title: "Time from the first exit to the last", unit: "s", rests: rests,
      "Time from the block that lets the first user out to that which lets the last one out."
    ) { _, record in record.first.map { (record.last - $0).seconds } },
  ]

  private static let amounts: [PartMeasure<Exits.Policy, ExitRecord>] = [
    .init(
      .exit, "left_share", title: "Share of users who leave", unit: "1", rests: rests,
      "Share of users who leave before the others are left behind."
    ) { $1.ofUsers($1.left) },
    .init(
      .exit, "left_value_share", title: "Share of value that leaves", unit: "1", rests: rests,
      "Share of balances that they take with them."
    ) { share($1.valueLeft, of: $1.value) },
    .init(
      .exit, "unprovable_share", title: "Share of users who cannot prove their balance", unit: "1",
      rests: rests,
      "Share of users who are left behind because the data that proves their balance is withheld."
    ) { _, record in record.blocked.flatMap { record.ofUsers($0) } },
    .init(
      .exit, "fee_usd_mean", title: "What a user pays to leave, mean", unit: "USD", rests: rests,
      "What a user pays for the transaction by which he leaves, mean over those who do."
    ) { $1.perExit($1.feesUSD) },
    .init(
      .exit, "fee_share_mean", title: "Share of a balance that is paid to leave, mean", unit: "1",
      rests: rests, "The same as a share of the balance."
    ) { $1.perExit($1.feeShares) },
    .init(
      .exit, "base_fee_wei_mean", title: "Base fee while users leave, mean", unit: "wei",
      rests: rests,
      "Base fee of settlement blocks per gas from when users can leave until it is over, mean over slots."
    ) { $1.baseFees.meanIfAny },
    .init(
      .exit, "base_fee_wei_max", title: "Base fee while users leave, largest", unit: "wei",
      rests: rests, "The same, largest."
    ) { $1.baseFees.count > 0 ? Double($1.highestBaseFee) : nil },
  ]

  /// Whoever else wants room in settlement blocks has a part in it.
  private static let rests = PartMeasure<Exits.Policy, ExitRecord>.Rests.journey(
    through: "neighbours")
}
