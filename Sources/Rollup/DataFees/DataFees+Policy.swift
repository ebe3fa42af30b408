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
      /// By published bytes, at the price of one in a blob or in calldata and a part of what a batch costs beside, as
      /// on ZKsync Era: `EraDataPrice`.
      case era
      /// By words of state difference, at means of what the settlement chain charged, as on Starknet:
      /// `StarknetDataPrice`.
      case starknet

      /// Whether it takes the fees of the settlement chain as they are, or were.
      public var followsHost: Bool { self != .none && self != .arbos }
      /// Whether those are of a number of blocks ago.
      var lagsByBlocks: Bool { followsHost && self != .starknet }
      var estimates: Bool { self == .fjord || self == .arbos || self == .era }
      /// Whether the operator can set it by scalars.
      var hasScalars: Bool { self == .bedrock || self == .ecotone || self == .fjord }
    }

    /// How the premium on gas follows from its scalar.
    ///
    /// Source: ethereum-optimism/specs at fd72cf79, `specs/protocol/{isthmus,jovian}/exec-engine.md`, "Operator Fee".
    public enum OperatorFee: String, CaseIterable, Sendable {
      /// gas · scalar / 10⁶, as on the OP Stack from Isthmus on.
      case isthmus
      /// 100 · gas · scalar, as from Jovian on.
      case jovian
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
    /// The size that the rollup's own compressor gives, over that of the transaction.
    public var estimate = 0.6
    /// Blocks of the settlement chain by which the fees that are charged lag behind.
    public var lag = 4
    /// Time after which the operator sets scalars anew so that fees pay for data; zero for never.
    public var adjustInterval = SimDuration.zero
    /// What he then wants beyond the cost of data.
    public var margin = 0.0
    /// How the premium on gas follows from its scalar.
    public var operatorFee = OperatorFee.isthmus
    /// The scalar of the premium on gas: millionths of a wei, or hundreds.
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
    /// The price of a byte on ZKsync Era.
    public var era = EraDataPrice()
    /// The price of data on Starknet.
    public var starknet = StarknetDataPrice()

    /// Gas pays for everything.
    public static let baseCase = Policy()

    /// Whether users pay for data.
    public var happens: Bool { rule != .none }
  }
}
