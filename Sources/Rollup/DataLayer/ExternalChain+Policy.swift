import Declarations
import EventKernel
import Randomness

extension ExternalChain {
  /// What a scenario says about a chain that keeps data.
  public struct Policy: Hashable, Sendable {
    /// Time from one of its blocks to the next.
    public var blockInterval = SimDuration.seconds(6)
    /// Data that a block has room for, of this rollup [B].
    public var blockBytes: UInt64 = 1_974_272
    /// Data of the largest blob [B].
    public var blobBytes: UInt64 = 1_974_272
    /// Gas of a transaction that pays for a blob, beside its shares.
    public var baseGas: UInt64 = 65_000
    /// Gas of a byte of a share.
    public var gasPerByte: UInt64 = 8
    /// Price of a gas [millionths of a coin of the chain].
    public var gasPrice = 0.004
    /// Price of a coin of the chain [USD].
    public var usdPerCoin = 1.0
    /// Time from one relay of its headers to the host to the next; zero for a relay at each block.
    public var relayInterval = SimDuration.hours(1)
    /// From a relay's last header until the host knows it [s].
    public var relayDelay = Distribution.constant(600)
    /// Gas that a batch takes on the host for what was relayed: its proof, and its part of the relay.
    public var relayGas: UInt64 = 100_000
    /// Bytes on the host of what says where the data is.
    public var commitmentBytes: UInt64 = 100
    /// How long its nodes keep data.
    public var retention = SimDuration.days(30)

    /// Celestia, by its figures of 2023 to 2025.
    public init() {}
  }
}

extension ExternalChain.Policy {
  /// Bytes of a share, which gas is counted by (celestia-app, `specs/src/shares.md`).
  static let shareBytes: UInt64 = 512
  /// Data in the first share of a blob [B]: 512 less 29 of namespace, 1 of information and 4 of length.
  static let firstShareData: UInt64 = 478
  /// Data in each share after it [B].
  static let laterShareData: UInt64 = 482

  /// Shares that a blob takes (celestia-app, `SparseSharesNeeded`).
  public static func shares(of bytes: UInt64) -> UInt64 {
    guard bytes > firstShareData else { return 1 }
    return 1 + (bytes - firstShareData + laterShareData - 1) / laterShareData
  }

  /// Gas that a transaction takes which pays for a blob of so many bytes: 65,000 + shares · 512 · 8 (celestia-app,
  /// `x/blob/types/payforblob.go`; documentation of Celestia, "Submitting data").
  public func gas(ofBlob bytes: UInt64) -> UInt64 {
    baseGas + Self.shares(of: bytes) * Self.shareBytes * gasPerByte
  }

  /// What so much gas costs [coins], in whole millionths.
  public func coins(forGas gas: UInt64) -> Double {
    (Double(gas) * gasPrice).rounded(.up) / 1e6
  }

  /// What a scenario can say about a chain that keeps data.
  public static let parameters: [PartParameter<ExternalChain.Policy>] = [
    .duration(
      "block_interval", \.blockInterval, "Time from one block of the data layer to the next."
    )
    .titled("Block interval of the data layer"),
    .whole(
      "block_bytes", .bytes, \.blockBytes, "Data of the rollup that a block of it has room for."
    ).titled("Room in a block of the data layer"),
    .whole("blob_bytes", .bytes, \.blobBytes, "Data of its largest blob.").titled(
      "Largest blob of the data layer"),
    .whole(
      "gas", .gas, \.baseGas, "Gas there of a transaction that pays for a blob, beside its shares."),
    .whole("gas_per_byte", .gas, \.gasPerByte, "Gas there of a byte of a share of 512 B.").titled(
      "Gas of a byte on the data layer"),
    .number(
      "gas_price", .number, \.gasPrice,
      "Price of a gas there, in millionths of its coin: utia for Celestia."
    ).titled("Gas price of the data layer"),
    .number("coin", .usd, \.usdPerCoin, "Price of its coin.", affects: .money).titled(
      "Price of the coin of the data layer"),
    .duration(
      "relay_interval", \.relayInterval,
      "Time from one relay of its headers to the host to the next; 0 for one at each block."
    ).titled("Time between relays"),
    .distribution(
      "relay_delay", .duration, \.relayDelay,
      "Time from the last header of a relay until the host knows it."
    ).titled("Time that a relay takes"),
    .whole(
      "relay_gas", .gas, \.relayGas,
      "Gas on the host of a batch for what was relayed: its proof, and its part of the relay.",
      affects: .money
    ).titled("Gas of a batch for the relay"),
    .whole(
      "commitment_bytes", .bytes, \.commitmentBytes,
      "Calldata on the host of what says where the data is."
    ).titled("Calldata that says where the data is"),
    .duration(
      "retention", \.retention, "How long nodes of the data layer keep data.", affects: [.data]
    ).titled("Time for which the data layer keeps data"),
  ]

  /// States what holds of any such chain.
  public func check(_ expect: inout Expectations) {
    expect(blockInterval >= .shortestCycle, "block_interval", "expected at least 1 ms")
    expect(
      (1000...1_000_000_000_000).contains(blobBytes) && blobBytes <= blockBytes,
      ["blob_bytes", "block_bytes"], "expected from 1000 B to what a block has room for")
    expect(blockBytes <= 1_000_000_000_000, "block_bytes", "expected at most 1e12 B")
    expect(
      relayInterval == .zero || relayInterval >= .seconds(1), "relay_interval",
      "expected 0 s or at least 1 s")
    for (number, key, most) in [
      (gasPrice, "gas_price", 1e9), (usdPerCoin, "coin", 1e9), (Double(baseGas), "gas", 1e12),
      (Double(gasPerByte), "gas_per_byte", 1e6), (Double(relayGas), "relay_gas", 1e9),
      (Double(commitmentBytes), "commitment_bytes", 1e5),
    ] {
      expect(
        (0...most).contains(number), .init(stringLiteral: key),
        "expected from 0 to \(most.shortest)")
    }
  }
}
