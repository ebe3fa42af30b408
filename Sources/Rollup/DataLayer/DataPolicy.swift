import Declarations
import EventKernel
import Randomness

/// Where the data of a rollup goes, beside what the batch poster says of how it is cut and carried.
public struct DataPolicy: Hashable, Sendable {
  /// Who keeps the data.
  public enum Mode: String, CaseIterable, Sendable {
    /// The host, in calldata or blobs.
    case host
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

  /// Whether a committee has to sign.
  public var hasCommittee: Bool { mode == .committee || mode == .volition }

  /// Share of transactions whose data goes to the host.
  public var hostShare: Double {
    switch mode {
    case .host: 1
    case .committee, .external: 0
    case .volition: 1 - offHost
    }
  }
}

extension DataPolicy {
  /// What a batch puts on the host, and what keeps the rest.
  public struct Publication: Sendable {
    /// The settlement transactions that it takes, in order of posting; at least one.
    public let parts: [BatchPart]
    /// Bytes on the host.
    public let hostBytes: UInt64
    /// Bytes kept elsewhere.
    public let otherBytes: UInt64
    /// Gas of the last transaction beside its data, for what says that the rest is kept.
    public let certificateGas: UInt64
  }

  /// What a batch of so many bytes before compression puts where.
  ///
  /// Those whose data stays elsewhere have bytes like the others: of a batch they take their part.
  ///
  /// - Parameters:
  ///   - count: transactions of the batch.
  ///   - others: those whose data stays off the host.
  public func publication(
    rawBytes: UInt64, count: Int, others: Int, _ poster: BatchPoster.Policy
  ) -> Publication {
    guard others > 0 else {
      let bytes = poster.publishedBytes(rawBytes: rawBytes)
      return Publication(
        parts: poster.parts(of: bytes), hostBytes: bytes, otherBytes: 0, certificateGas: 0)
    }
    let otherRaw = rawBytes.multipliedFullWidth(by: UInt64(others))
    let elsewhere = UInt64(count).dividingFullWidth(otherRaw).quotient
    let onHost = others < count ? poster.publishedBytes(rawBytes: rawBytes - elsewhere) : 0
    let proof = wordBytes
    return Publication(
      parts: Self.parts(of: onHost, with: proof, poster), hostBytes: onHost + proof,
      otherBytes: poster.publishedBytes(rawBytes: elsewhere),
      certificateGas: wordGas)
  }

  /// Calldata of what says on the host that other data is kept [B].
  private var wordBytes: UInt64 {
    switch mode {
    case .host: 0
    case .committee, .volition: committee.certificateBytes
    case .external: external.commitmentBytes
    }
  }

  /// What the host computes to believe it [gas].
  public var wordGas: UInt64 {
    switch mode {
    case .host: 0
    case .committee, .volition: committee.certificateGas
    case .external: external.relayGas
    }
  }

  /// Transactions with data, of which the last has a certificate in its calldata.
  private static func parts(
    of bytes: UInt64, with certificate: UInt64, _ poster: BatchPoster.Policy
  ) -> [BatchPart] {
    guard bytes > 0 else { return [BatchPart(calldata: certificate, blobs: 0)] }
    var parts = poster.parts(of: bytes)
    let last = parts.removeLast()
    parts.append(BatchPart(calldata: last.calldata + certificate, blobs: last.blobs))
    return parts
  }

  /// Calldata of the largest transaction that carries data [B].
  public func mostCalldata(_ poster: BatchPoster.Policy) -> UInt64 {
    let data = hostShare > 0 && poster.carrier == .calldata ? poster.calldataPerTransaction : 0
    return data + wordBytes
  }
}
