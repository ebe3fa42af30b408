/// Where the parts of a run get their random streams from: by name, for one replication.
///
/// What stands several times in a world has a prefix of its own, so that each draws for itself.
public struct StreamSource: Sendable {
  /// The seed of the experiment.
  public let seed: UInt64
  /// The replication.
  public let replication: UInt64
  private let prefix: String

  /// The streams of a replication.
  public init(seed: UInt64, replication: UInt64) {
    self.init(seed: seed, replication: replication, prefix: "")
  }

  private init(seed: UInt64, replication: UInt64, prefix: String) {
    self.seed = seed
    self.replication = replication
    self.prefix = prefix
  }

  /// The streams whose names begin with `name`; with an empty name the same as these.
  public func under(_ name: String) -> StreamSource {
    name.isEmpty
      ? self : StreamSource(seed: seed, replication: replication, prefix: "\(prefix)\(name).")
  }

  /// The stream with a name, from its start.
  public func stream(_ name: String) -> RandomStream {
    RandomStream(seed: seed, replication: replication, name: prefix + name)
  }
}
