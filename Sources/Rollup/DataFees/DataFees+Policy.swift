import Declarations
import EventKernel

extension DataFees {
  /// What a scenario says about what users pay for their data, beside gas.
  public struct Policy: Hashable, Sendable {
    /// How the fee follows from a transaction and the fees of the settlement chain.
    public enum Rule: String, CaseIterable, Sendable {
      /// Gas pays for everything.
      case none
      /// By calldata gas, as on the OP Stack before Ecotone, with Regolith's count.
      case bedrock
      /// By calldata gas, at prices of calldata and of blobs, as on the OP Stack from Ecotone on.
      case ecotone
      /// By an estimate of the compressed size, as on the OP Stack from Fjord on.
      case fjord
      /// By compressed bytes, at a price that returns what was collected too much: `UnitPrice`.
      case arbos
      /// By published bytes, at the price of a blob's byte and a part of what a batch costs beside, as on ZKsync Era.
      case era

      /// Whether it takes the fees of the settlement chain as they are.
      public var followsHost: Bool { self != .none && self != .arbos }
      var estimates: Bool { self == .fjord || self == .arbos || self == .era }
      /// Whether the operator can set it by scalars.
      var hasScalars: Bool { self == .bedrock || self == .ecotone || self == .fjord }
    }

    /// How the fee follows from a transaction.
    public var rule = Rule.none
    /// Gas beside that of the data, of each transaction [gas].
    public var overhead: UInt64 = 188
    /// What the data of `bedrock` is charged over its cost, scaled by 1e6.
    public var scalar: UInt64 = 684_000
    /// What calldata is charged over its price, scaled by 1e6.
    public var baseFeeScalar: UInt64 = 5227
    /// What a blob's byte is charged over its price, scaled by 1e6.
    public var blobBaseFeeScalar: UInt64 = 1_014_213
    /// Zero bytes of transactions as users sign them.
    public var zeroByteShare = 0.4
    /// Settlement gas of a batch beside its data, which fees for data pay by bytes [gas].
    public var batchGas: UInt64 = 800_000
    /// Published bytes of a batch by which it is shared [B].
    public var batchBytes: UInt64 = 100_000
    /// The size that the rollup's own compressor gives, over that of the transaction.
    public var estimate = 0.6
    /// Blocks of the settlement chain by which the fees that are charged lag behind.
    public var lag = 4
    /// Time after which the operator sets scalars anew so that fees pay for data; zero for never.
    public var adjustInterval = SimDuration.zero
    /// What he then wants beyond the cost of data.
    public var margin = 0.0
    /// The premium on gas, scaled by 1e6 [wei per 1e6 gas].
    public var operatorScalar: UInt64 = 0
    /// The premium on each transaction [wei].
    public var operatorConstant: UInt64 = 0
    /// The price of a unit of data at the start [wei].
    public var unitPrice: UInt64 = 15_000_000_000
    /// What is paid beside costs, for each unit [wei].
    public var reward: UInt64 = 10
    /// Units in which a surplus is to be gone.
    public var equilibrationUnits: UInt64 = 160_000_000
    /// By how much the price is slower than that.
    public var inertia: UInt64 = 10

    /// Gas pays for everything.
    public static let baseCase = Policy()

    /// Whether users pay for data.
    public var happens: Bool { rule != .none }
  }
}

extension DataFees.Policy {
  /// What a scenario can say about fees for data.
  public static let parameters: [PartParameter<Self>] =
    [.word("rule", \.rule, "How what users pay for their data follows from its size.")]
    + ofHost + sizes.used { $0.rule.estimates } + adjustment + premium
    + units.used { $0.rule == .arbos }
    + ofBatches.used { $0.rule == .era }

  private static let ofHost: [PartParameter<Self>] = [
    .whole("overhead", .gas, \.overhead, "Gas beside that of its data, of each transaction.")
      .titled("Gas of data fees beside the data").used { $0.rule == .bedrock },
    .whole(
      "scalar", .count, \.scalar, "What data is charged over the price of its calldata, times 1e6."
    ).titled("Scalar of data fees").used { $0.rule == .bedrock },
    .whole(
      "base_fee_scalar", .count, \.baseFeeScalar,
      "What a byte is charged over the price of calldata, times 1e6."
    ).used { $0.rule == .ecotone || $0.rule == .fjord },
    .whole(
      "blob_base_fee_scalar", .count, \.blobBaseFeeScalar,
      "What a byte is charged over the price of blob gas, times 1e6."
    ).used { $0.rule == .ecotone || $0.rule == .fjord },
    .number(
      "zero_bytes", .share, \.zeroByteShare,
      "Share of zero bytes in transactions as users sign them, which calldata has cheaper."
    ).titled("Share of zero bytes in signed transactions")
      .used { $0.rule == .bedrock || $0.rule == .ecotone },
    .whole(
      "lag", .count, \.lag,
      "Blocks of the settlement chain by which the fees that are charged lag behind its own."
    ).titled("Lag of data fees").used(when: \.rule.followsHost),
  ]

  private static let ofBatches: [PartParameter<Self>] = [
    .whole(
      "batch_gas", .gas, \.batchGas,
      "Settlement gas of a batch beside its data, which fees for data pay by bytes."
    ).titled("Gas of a batch in fees for data"),
    .whole(
      "batch_bytes", .bytes, \.batchBytes, "Published bytes of a batch by which that gas is shared."
    ).titled("Bytes of a batch in fees for data"),
  ]

  private static let sizes: [PartParameter<Self>] = [
    .number(
      "estimate", .share, \.estimate,
      "Size that the rollup's own quick compressor gives for fees, over that of a transaction.")
  ]

  private static let adjustment: [PartParameter<Self>] = [
    .duration(
      "adjust_interval", \.adjustInterval,
      "Time after which the operator sets scalars anew so that fees pay for data; 0 for never."
    ).titled("Time between changes of scalars").used(when: \.rule.hasScalars),
    .number(
      "margin", .number, \.margin, "What the operator then wants beyond the cost of data."
    ).titled("Margin on data").used { $0.rule.hasScalars && $0.adjustInterval > .zero },
  ]

  private static let premium: [PartParameter<Self>] = [
    .whole(
      "operator_scalar", .count, \.operatorScalar,
      "Premium on layer 2 gas, in wei for 1e6 gas.", affects: [.fee, .profit]),
    .whole(
      "operator_constant", .count, \.operatorConstant, "Premium on each transaction, in wei.",
      affects: [.fee, .profit]),
  ].used(when: \.happens)

  private static let units: [PartParameter<Self>] = [
    .whole(
      "unit_price", .weiPerGas, \.unitPrice,
      "Price of a unit of data at the start; a byte has 16."
    ).titled("Price of a unit of data"),
    .whole(
      "reward", .weiPerGas, \.reward, "What is paid for each unit beside the cost of data."
    ).titled("Reward for a unit of data"),
    .whole(
      "equilibration_units", .count, \.equilibrationUnits,
      "Units of data in which a surplus is to be gone."),
    .whole("inertia", .count, \.inertia, "By how much the price is slower than that.")
      .titled("Inertia of the price of data"),
  ]

  /// States what holds of any fees for data.
  public func check(_ expect: inout Expectations) {
    guard happens else { return }
    for (number, key) in [
      (scalar, "scalar"), (baseFeeScalar, "base_fee_scalar"),
      (blobBaseFeeScalar, "blob_base_fee_scalar"), (operatorScalar, "operator_scalar"),
    ] {
      expect(number <= UInt64(UInt32.max), .init(stringLiteral: key), "expected at most 2^32 - 1")
    }
    expect(batchGas <= 30_000_000, "batch_gas", "expected at most 30 Mgas")
    expect(
      (1...1_000_000_000).contains(batchBytes), "batch_bytes", "expected from 1 B to 1 GB")
    expect(overhead <= 30_000_000, "overhead", "expected at most 30 Mgas")
    expect((0...1).contains(zeroByteShare), "zero_bytes", "expected a share from 0 to 1")
    expect((0...2).contains(estimate), "estimate", "expected from 0 to 2")
    expect((0...1000).contains(lag), "lag", "expected at most 1,000 blocks")
    expect(
      adjustInterval == .zero || adjustInterval >= .seconds(60), "adjust_interval",
      "expected 0 s, or at least 1 min")
    expect((-1...100).contains(margin), "margin", "expected from -1 to 100")
    expect(
      operatorConstant <= 1_000_000_000_000_000, "operator_constant", "expected at most 1e15 wei")
    expect(unitPrice <= 1_000_000_000_000_000, "unit_price", "expected at most 1e15 wei")
    expect(reward <= 1_000_000_000_000_000, "reward", "expected at most 1e15 wei")
    expect(
      (1...1_000_000_000_000).contains(equilibrationUnits), "equilibration_units",
      "expected from 1 to 1e12 units")
    expect(
      (1...equilibrationUnits).contains(inertia), ["inertia", "equilibration_units"],
      "expected from 1 to the units in which a surplus is to be gone")
  }
}
