import Declarations
import EventKernel

extension DataFees.Policy {
  /// What a scenario can say about fees for data.
  public static let parameters: [PartParameter<Self>] =
    [.word("rule", \.rule, "How what users pay for their data follows from its size.")]
    + ofHost + sizes.used { $0.rule.estimates } + adjustment + premium
    + units.used { $0.rule == .arbos }
    + ofEra + ofStarknet

  private static let ofEra: [PartParameter<Self>] =
    EraDataPrice.parameters.lifted(under: "", to: \DataFees.Policy.era).used { $0.rule == .era }

  private static let ofStarknet: [PartParameter<Self>] =
    StarknetDataPrice.parameters.lifted(under: "", to: \DataFees.Policy.starknet)
    .used { $0.rule == .starknet }

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
    ).titled("Lag of data fees").used(when: \.rule.lagsByBlocks),
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
    .word(
      "operator_fee", \.operatorFee, "How the premium on layer 2 gas follows from its scalar.",
      affects: [.fee, .profit]
    ).used { $0.operatorScalar > 0 },
    .whole(
      "operator_scalar", .count, \.operatorScalar,
      "Premium on layer 2 gas: wei for 1e6 gas, or hundreds of wei for a gas.",
      affects: [.fee, .profit]),
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
    era.check(&expect)
    starknet.check(&expect)
  }
}
