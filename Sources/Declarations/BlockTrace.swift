import EventKernel

/// What the blocks of a chain charged and used in its history, from a file with one row a block.
///
/// Where rows have times, blocks come at them, and a time that is some slots after the one before means
/// slots without a block. Where they have none, rows are taken one after another.
public struct BlockTrace: Hashable, Sendable {
  /// What a file can say of a block, by the names of header fields.
  public enum Column: String, CaseIterable, Sendable {
    /// Base fee [wei per gas] (EIP-1559).
    case baseFee = "base_fee_per_gas"
    /// Execution gas used [gas].
    case gasUsed = "gas_used"
    /// Execution gas that fits [gas].
    case gasLimit = "gas_limit"
    /// Blob base fee [wei per blob gas] (EIP-4844).
    case blobBaseFee = "base_fee_per_blob_gas"
    /// Blobs carried.
    case blobCount = "blob_count"
    /// Excess blob gas [blob gas] (EIP-4844).
    case excessBlobGas = "excess_blob_gas"
  }

  /// A row; what the file does not say is zero.
  public struct Block: Hashable, Sendable {
    /// When it was made, by the clock of the trace; zero where rows have no times.
    public var time = SimDuration.zero
    private var baseFee: UInt64 = 0
    private var gasUsed: UInt64 = 0
    private var gasLimit: UInt64 = 0
    private var blobBaseFee: UInt64 = 0
    private var blobCount: UInt64 = 0
    private var excessBlobGas: UInt64 = 0

    /// A block of which nothing is known.
    public init() {}

    /// One of its figures, in the unit of the column.
    public subscript(column: Column) -> UInt64 {
      get { self[keyPath: Self.place(of: column)] }
      set { self[keyPath: Self.place(of: column)] = newValue }
    }

    private static func place(of column: Column) -> WritableKeyPath<Block, UInt64> {
      switch column {
      case .baseFee: \.baseFee
      case .gasUsed: \.gasUsed
      case .gasLimit: \.gasLimit
      case .blobBaseFee: \.blobBaseFee
      case .blobCount: \.blobCount
      case .excessBlobGas: \.excessBlobGas
      }
    }
  }

  /// The file and what identifies its content, for results; `none` for no trace.
  public let name: String
  /// In the order of the chain.
  public let blocks: [Block]
  /// What the file says of them.
  public let columns: Set<Column>
  /// What times are counted from; nil where rows have none.
  public let clock: DemandTrace.Clock?
  /// The number of the first block; nil where rows have none.
  public let firstNumber: UInt64?
  /// Where the file was found; empty if there is none.
  public let path: String

  /// No trace.
  public static let none = BlockTrace(name: "none", blocks: [], columns: [], clock: nil)

  /// A trace of these blocks, in order.
  public init(
    name: String, blocks: [Block], columns: Set<Column>, clock: DemandTrace.Clock?,
    firstNumber: UInt64? = nil, path: String = ""
  ) {
    precondition(
      clock == nil || zip(blocks, blocks.dropFirst()).allSatisfy { $0.time < $1.time },
      "blocks out of order")
    self.name = name
    self.blocks = blocks
    self.columns = columns
    self.clock = clock
    self.firstNumber = firstNumber
    self.path = path
  }

  /// What its clock shows at the start of a run.
  ///
  /// - Parameter startsAt: what the chain's clock shows then [Unix seconds].
  public func offset(startingAt startsAt: Int64) -> SimDuration {
    clock == .chain ? .seconds(startsAt) : .zero
  }

  /// Hashes the name, which tells the content.
  public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
