import Results
import RunStore
import Running

/// The folders of the shards of a sweep, on their way to one result.
public struct ShardFolder {
  /// The file that marks a shard as finished.
  public static let mark = "shard.json"

  /// What the mark says.
  public let recorded: RecordedExperiment
  private let folder: ResultFolder

  /// A finished shard.
  ///
  /// - Throws: `RecordedExperiment.Unusable` if the folder holds none.
  public init(path: String) throws(RecordedExperiment.Unusable) {
    folder = ResultFolder(path: path)
    do throws(RecordedExperiment.Unusable) {
      recorded = try RecordedExperiment(Self.mark, in: folder)
    } catch {
      throw .init(description: "'\(path)' is no finished shard: \(error)")
    }
  }

  /// The shards in their order, once it is certain that they make one result.
  ///
  /// - Throws: `RecordedExperiment.Unusable` with everything that is wrong, missing, twice or foreign.
  public static func complete(
    _ shards: [ShardFolder]
  ) throws(RecordedExperiment.Unusable) -> [ShardFolder] {
    guard let first = shards.first else { throw .init(description: "there are no shards") }
    let count = first.recorded.shard.count
    var problems: [String] = []
    var byIndex = [ShardFolder?](repeating: nil, count: count)
    for shard in shards {
      let (recorded, path) = (shard.recorded, shard.folder.url.relativePath)
      if recorded.specificationHash != first.recorded.specificationHash {
        problems.append("'\(path)' is of another specification than '\(first.path)'")
      } else if recorded.identity != first.recorded.identity {
        problems.append("'\(path)' is of another program or platform than '\(first.path)'")
      } else if recorded.warmUp != first.recorded.warmUp {
        problems.append("'\(path)' found another warm-up than '\(first.path)'")
      } else if recorded.shard.count != count {
        problems.append("'\(path)' is shard \(recorded.shard), where there are \(count)")
      } else if let other = byIndex[recorded.shard.index] {
        problems.append("'\(path)' is shard \(recorded.shard), and so is '\(other.path)'")
      } else {
        byIndex[recorded.shard.index] = shard
      }
    }
    let missing = byIndex.indices.filter { byIndex[$0] == nil }.map { "\($0)/\(count)" }
    if !missing.isEmpty {
      let rest = missing.count > 20 ? ", …" : ""
      problems.append("missing: \(missing.prefix(20).joined(separator: ", "))\(rest)")
    }
    for difference in first.recorded.differences {
      problems.append("the shards are of another program or platform: \(difference)")
    }
    guard problems.isEmpty else { throw .init(description: problems.joined(separator: "\n")) }
    return byIndex.compactMap(\.self)
  }

  private var path: String { folder.url.relativePath }

  /// Opens its store.
  public func openStore() throws(StoreFailure) -> RunStore {
    try RunStore(StorePlace.path(in: folder), mayWrite: false)
  }
}
