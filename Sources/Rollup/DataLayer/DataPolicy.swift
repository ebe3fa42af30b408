import Declarations
import EventKernel
import Randomness

/// Where the data of a rollup goes, beside what the batch poster says of how it is cut and carried.
public struct DataPolicy: Hashable, Sendable {
  /// Who keeps the data.
  public enum Mode: String, CaseIterable, Sendable {
    /// The host, in calldata or blobs.
    case host
    /// The settlement chain, in calldata or blobs, whatever the host is; of a rollup that settles there, the same.
    case settlement
    /// A committee; the host has a commitment and signatures alone (validium).
    case committee
    /// Of each transaction either: some keep their data with the committee, the others on the host (volition;
    /// zkPorter with guardians as the committee).
    case volition
    /// Another chain; the host has a commitment alone, and is told by a relay that the data is there.
    case external
  }

  /// Who keeps the data.
  public var mode = Mode.host
  /// Share of transactions whose data stays off the host, in a volition.
  public var offHost = 0.5
  /// The committee.
  public var committee = Committee.Policy()
  /// The chain that keeps the data.
  public var external = ExternalChain.Policy()
  /// What happens if the operator hands out none.
  public var withholding = Withholding.Policy()

  /// All on the host.
  public init() {}

  /// What holds of a rollup whose scenario says nothing about its data.
  public static let baseCase = DataPolicy()

  /// Whether all of the data goes to the host or to the settlement chain, and nobody else keeps any.
  public var isOnChain: Bool { mode == .host || mode == .settlement }

  /// Whether a committee has to sign.
  public var hasCommittee: Bool { mode == .committee || mode == .volition }

  /// Share of transactions whose data goes to the host or to the settlement chain.
  public var hostShare: Double {
    switch mode {
    case .host, .settlement: 1
    case .committee, .external: 0
    case .volition: 1 - offHost
    }
  }
}

extension DataPolicy {
  /// What a batch puts on the host, and what keeps the rest.
  public struct Publication: Sendable {
    /// Bytes of its data on the host.
    private let dataBytes: UInt64
    /// Bytes there of what says that other data is kept.
    private let wordBytes: UInt64
    /// Bytes kept elsewhere.
    public let otherBytes: UInt64
    /// Gas of the last transaction beside its data, for what says that the rest is kept.
    public let certificateGas: UInt64

    fileprivate init(
      dataBytes: UInt64, wordBytes: UInt64 = 0, otherBytes: UInt64 = 0, certificateGas: UInt64 = 0
    ) {
      self.dataBytes = dataBytes
      self.wordBytes = wordBytes
      self.otherBytes = otherBytes
      self.certificateGas = certificateGas
    }

    /// Bytes on the host.
    public var hostBytes: UInt64 { dataBytes + wordBytes }

    /// Whether no data of the batch goes there.
    private var isWordOnly: Bool { dataBytes == 0 && wordBytes > 0 }

    /// Blobs that it takes.
    public func blobs(by poster: BatchPoster.Policy) -> UInt64 {
      poster.carrier == .blobs && !isWordOnly ? poster.blobs(of: dataBytes) : 0
    }

    /// The settlement transactions that it takes, in order of posting; at least one.
    ///
    /// The last one has what says that other data is kept in its calldata.
    public func parts(by poster: BatchPoster.Policy, in carrier: DataCarrier) -> [BatchPart] {
      if isWordOnly { return [BatchPart(calldata: wordBytes, blobs: 0)] }
      var parts = poster.parts(of: dataBytes, in: carrier)
      if wordBytes > 0 {
        let last = parts.removeLast()
        parts.append(BatchPart(calldata: last.calldata + wordBytes, blobs: last.blobs))
      }
      return parts
    }
  }

  /// What a batch of so many bytes before compression puts where.
  ///
  /// Those whose data stays elsewhere have bytes like the others: of a batch they take their part.
  ///
  /// - Parameters:
  ///   - fixedBytes: those of them that no compressor shortens.
  ///   - count: transactions of the batch.
  ///   - others: those whose data stays off the host.
  public func publication(
    rawBytes: UInt64, fixedBytes: UInt64 = 0, count: Int, others: Int,
    _ poster: BatchPoster.Policy
  ) -> Publication {
    guard others > 0 else {
      return Publication(
        dataBytes: poster.publishedBytes(rawBytes: rawBytes, fixedBytes: fixedBytes))
    }
    func part(_ bytes: UInt64) -> UInt64 {
      UInt64(count).dividingFullWidth(bytes.multipliedFullWidth(by: UInt64(others))).quotient
    }
    let (elsewhere, fixedElsewhere) = (part(rawBytes), part(fixedBytes))
    let onHost =
      others < count
      ? poster.publishedBytes(
        rawBytes: rawBytes - elsewhere, fixedBytes: fixedBytes - fixedElsewhere) : 0
    return Publication(
      dataBytes: onHost, wordBytes: wordBytes,
      otherBytes: poster.publishedBytes(rawBytes: elsewhere, fixedBytes: fixedElsewhere),
      certificateGas: wordGas)
  }

  /// Calldata of what says on the host that other data is kept [B].
  private var wordBytes: UInt64 {
    switch mode {
    case .host, .settlement: 0
    case .committee, .volition: committee.certificateBytes
    case .external: external.commitmentBytes
    }
  }

  /// What the host computes to believe it [gas].
  public var wordGas: UInt64 {
    switch mode {
    case .host, .settlement: 0
    case .committee, .volition: committee.certificateGas
    case .external: external.relayGas
    }
  }

  /// Calldata of the largest transaction that carries data [B].
  public func mostCalldata(_ poster: BatchPoster.Policy) -> UInt64 {
    let data = hostShare > 0 && poster.carrier == .calldata ? poster.calldataPerTransaction : 0
    return data + wordBytes
  }
}
