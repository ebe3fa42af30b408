import Declarations

/// ZKsync Era's price of a published byte, in the numbers of its node.
///
/// Base fee and blob base fee of the settlement chain are medians of what its last blocks charged. A byte costs what
/// one of a blob does, or its gas in calldata, and its part of a batch's gas; users are charged for it in whole units
/// of layer 2 gas. With one block, factors of 1 and no least price of gas, it is what a block charges, to the wei.
///
/// Left out: what the node expects of the blob base fee from blobs that it has still to send, the most that it lets
/// prices be, and that a price of bytes above 50,000 times that of layer 2 gas raises the latter.
/// Source: matter-labs/zksync-era at 3e29e4a0: `core/node/fee_model/src/l1_gas_price/gas_adjuster/mod.rs`
/// (`GasStatisticsInner`, `estimate_effective_gas_price`, `estimate_effective_pubdata_price`),
/// `core/lib/types/src/fee_model.rs` (`compute_batch_fee_model_input_v2`), and
/// `core/lib/multivm/src/versions/vm_latest/utils/fee.rs` (`derive_base_fee_and_gas_per_pubdata`).
public struct EraDataPrice: Hashable, Sendable {
  /// The most layer 2 gas that a byte takes (`MAX_GAS_PER_PUBDATA_BYTE`).
  private static let mostGasPerByte: UInt128 = 50_000

  /// Settlement gas of a byte in calldata (`L1_GAS_PER_PUBDATA_BYTE`) [gas].
  public var byteGas: UInt64 = 17
  /// Settlement gas of a batch beside its data, which fees for data pay by bytes [gas].
  public var batchGas: UInt64 = 800_000
  /// Published bytes of a batch by which it is shared [B].
  public var batchBytes: UInt64 = 100_000
  /// The part of it that they pay.
  public var batchPart = 1.0
  /// Blocks of the settlement chain whose base fees have a median.
  public var baseFeeSamples = 1
  /// Blocks of the settlement chain whose blob base fees have one.
  public var blobFeeSamples = 1
  /// What the median base fee is multiplied with.
  public var baseFeeFactor = 1.0
  /// The tip on top of that [wei per gas].
  public var priorityFee: UInt64 = 0
  /// What both together are multiplied with.
  public var gasPriceFactor = 1.0
  /// What the median blob base fee is multiplied with.
  public var blobFeeFactor = 1.0
  /// The least price of layer 2 gas, in whole units of which bytes are charged [wei per gas]; zero for charges to the
  /// wei.
  public var leastGasPrice: UInt64 = 0

  /// One block, and no factors.
  package init() {}

  /// How many blocks it looks at.
  var window: Int { max(baseFeeSamples, blobFeeSamples) }

  /// The price of a byte in a carrier, of what blocks have charged, the oldest first [wei].
  package func price(in carrier: DataCarrier = .blobs, of fees: [ObservedFees]) -> UInt128 {
    let median = Self.median(fees.suffix(baseFeeSamples).map(\.baseFee))
    let baseFee = Self.scaled(UInt128(median), by: baseFeeFactor)
    let gasPrice = Self.scaled(baseFee + UInt128(priorityFee), by: gasPriceFactor)
    let ofByte: UInt128
    switch carrier {
    case .calldata: ofByte = UInt128(byteGas) * gasPrice
    case .blobs:
      let blobBaseFee = UInt128(Self.median(fees.suffix(blobFeeSamples).map(\.blobBaseFee)))
      ofByte = Self.scaled(blobBaseFee, by: blobFeeFactor)
    }
    let ofBatch = Self.quotient(UInt128(batchGas) * gasPrice, UInt128(batchBytes))
    return charged(ofByte + Self.scaled(ofBatch, by: batchPart))
  }

  /// A price of a byte in whole units of layer 2 gas.
  private func charged(_ price: UInt128) -> UInt128 {
    guard leastGasPrice > 0 else { return price }
    let gasPrice = max(UInt128(leastGasPrice), Self.quotient(price, Self.mostGasPerByte))
    return Self.quotient(price, gasPrice) * gasPrice
  }

  /// The upper median.
  ///
  /// By partition, since fees before the middle and behind it need no order, which took a sixth of a run (Hoare,
  /// "Algorithm 65: Find", Communications of the ACM 4, 1961).
  static func median(_ fees: [UInt64]) -> UInt64 {
    var fees = fees
    let middle = fees.count / 2
    var (low, high) = (0, fees.count - 1)
    while low < high {
      let pivot = fees[(low + high) / 2]
      var (left, right) = (low, high)
      while left <= right {
        while fees[left] < pivot { left += 1 }
        while fees[right] > pivot { right -= 1 }
        guard left <= right else { break }
        fees.swapAt(left, right)
        left += 1
        right -= 1
      }
      if right < middle { low = left }
      if left > middle { high = right }
    }
    return fees[middle]
  }

  /// ⌊factor · number⌋, in floating point as in the node; a factor of 1 is exact.
  private static func scaled(_ number: UInt128, by factor: Double) -> UInt128 {
    factor == 1 ? number : UInt128(factor * Double(number))
  }

  /// ⌈number / divisor⌉.
  private static func quotient(_ number: UInt128, _ divisor: UInt128) -> UInt128 {
    (number + divisor - 1) / divisor
  }
}

extension EraDataPrice {
  static let parameters: [PartParameter<EraDataPrice>] = [
    .whole(
      "byte_gas", .gas, \.byteGas,
      "Settlement gas that a byte is charged where data is in calldata."
    ).titled("Gas of a byte of calldata in fees for data"),
    .whole(
      "batch_gas", .gas, \.batchGas,
      "Settlement gas of a batch beside its data, which fees for data pay by bytes."
    ).titled("Gas of a batch in fees for data"),
    .whole(
      "batch_bytes", .bytes, \.batchBytes, "Published bytes of a batch by which that gas is shared."
    ).titled("Bytes of a batch in fees for data"),
    .number(
      "batch_part", .share, \.batchPart, "Part of a batch's settlement gas that fees for data pay."
    )
    .titled("Part of a batch's gas in fees for data"),
    .whole(
      "base_fee_samples", .count, \.baseFeeSamples,
      "Blocks of the settlement chain of whose base fees the price of data takes the median."
    ).titled("Blocks of the median base fee"),
    .whole(
      "blob_fee_samples", .count, \.blobFeeSamples,
      "Blocks of the settlement chain of whose blob base fees the price of data takes the median."
    ).titled("Blocks of the median blob base fee"),
    .number(
      "base_fee_factor", .number, \.baseFeeFactor, "What the median base fee is multiplied with."
    ).titled("Factor of the median base fee"),
    .whole(
      "priority_fee", .weiPerGas, \.priorityFee, "Tip that is added to that product."
    ).titled("Tip on the median base fee"),
    .number(
      "gas_price_factor", .number, \.gasPriceFactor,
      "What the median base fee with its tip is multiplied with."
    ).titled("Factor of the price of settlement gas"),
    .number(
      "blob_fee_factor", .number, \.blobFeeFactor,
      "What the median blob base fee is multiplied with."
    ).titled("Factor of the median blob base fee"),
    .whole(
      "rounding_price", .weiPerGas, \.leastGasPrice,
      "Least price of layer 2 gas, in whole units of which a byte is charged; 0 for charges to the wei."
    ).titled("Price of gas to which bytes are rounded"),
  ]

  /// States what holds of any price of a byte.
  func check(_ expect: inout Expectations) {
    expect(byteGas <= 1_000_000, "byte_gas", "expected at most 1 Mgas")
    expect(batchGas <= 30_000_000, "batch_gas", "expected at most 30 Mgas")
    expect((1...1_000_000_000).contains(batchBytes), "batch_bytes", "expected from 1 B to 1 GB")
    expect((0...1).contains(batchPart), "batch_part", "expected a share from 0 to 1")
    for (samples, key) in [
      (baseFeeSamples, "base_fee_samples"), (blobFeeSamples, "blob_fee_samples"),
    ] {
      expect(
        (1...10_000).contains(samples), .init(stringLiteral: key),
        "expected from 1 to 10,000 blocks")
    }
    for (factor, key) in [
      (baseFeeFactor, "base_fee_factor"), (gasPriceFactor, "gas_price_factor"),
      (blobFeeFactor, "blob_fee_factor"),
    ] {
      expect((0...100).contains(factor), .init(stringLiteral: key), "expected from 0 to 100")
    }
    for (price, key) in [(priorityFee, "priority_fee"), (leastGasPrice, "rounding_price")] {
      expect(
        price <= 1_000_000_000_000_000, .init(stringLiteral: key), "expected at most 1e15 wei")
    }
  }
}
