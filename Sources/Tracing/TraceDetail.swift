import Results

/// What an entry says beside its times: a column of the table, and an argument in a viewer.
struct TraceDetail {
  /// The columns, in their order.
  enum Column: String, CaseIterable {
    case carries
    case batchFirst = "batch_first"
    case batchLast = "batch_last"
    case transactions
    case measuredTransactions = "measured_transactions"
    case gas
    case sizeBytes = "size_bytes"
    case blobs
    case slot
    case height
    case baseFee = "base_fee_wei_per_gas"
    case blobBaseFee = "blob_base_fee_wei_per_gas"
    case feeCap = "fee_cap_wei_per_gas"
    case blobFeeCap = "blob_fee_cap_wei_per_gas"
    case replacements
    case paid = "paid_wei"
    case terms

    /// As a column of the table.
    var inTable: Table.Column {
      let (kind, unit, description) = meaning
      return Table.Column(rawValue, kind, unit: unit, description)
    }

    private var meaning: (Table.Kind, String, String) {
      switch self {
      case .carries: (.string, "", "What a transaction on the host does there, such as data.")
      case .batchFirst: (.integer, "", "The first batch that it is about.")
      case .batchLast: (.integer, "", "The last batch that it is about.")
      case .transactions: (.integer, "1", "Transactions in it, or that it drops or makes final.")
      case .measuredTransactions:
        (.integer, "1", "Of the transactions that it is about those that count in measures.")
      case .gas: (.integer, "gas", "Gas that it uses.")
      case .sizeBytes: (.integer, "B", "Bytes of its transactions before compression.")
      case .blobs: (.integer, "1", "Blobs that it takes.")
      case .slot: (.integer, "", "The slot of the block that includes it, or block of its host.")
      case .height: (.integer, "", "Blocks on the settlement chain.")
      case .baseFee: (.integer, "wei/gas", "Base fee of the block.")
      case .blobBaseFee: (.integer, "wei/gas", "Blob base fee of the block, per blob gas.")
      case .feeCap: (.integer, "wei/gas", "Most that it bids per gas.")
      case .blobFeeCap: (.integer, "wei/gas", "Most that it bids per blob gas.")
      case .replacements: (.integer, "1", "How often it was replaced by one that bids more.")
      case .paid: (.number, "wei", "What it pays in the block that includes it.")
      case .terms: (.string, "", "The name of the terms that hold from now on.")
      }
    }
  }

  let column: Column
  let value: Table.Cell

  /// A whole number.
  static func number<Number: BinaryInteger>(_ column: Column, _ value: Number) -> TraceDetail {
    TraceDetail(column: column, value: .integer(Int(clamping: value)))
  }

  /// A text.
  static func text(_ column: Column, _ value: String) -> TraceDetail {
    TraceDetail(column: column, value: .string(value))
  }
}
