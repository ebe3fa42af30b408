import Digest
import Foundation
import Synchronization

/// The files that were read to understand a specification, as they were: enough to read it again
/// elsewhere.
public final class InputRecord: Sendable {
  /// One file.
  public struct File: Hashable, Sendable {
    /// The path by which it was read.
    public let path: String
    /// Its content.
    public let content: Data

    /// A file with this content.
    public init(path: String, content: Data) {
      self.path = path
      self.content = content
    }
  }

  @TaskLocal private static var current: InputRecord?
  @TaskLocal private static var replayed: [String: Data]?
  private let found = Mutex([File]())

  private init() {}

  /// Does something and says which files it read, each once, in order.
  public static func recording<T>(
    _ body: () throws(InvalidInput) -> T
  ) throws(InvalidInput) -> (result: T, files: [File]) {
    let record = InputRecord()
    let result = $current.withValue(record) {
      Result { () throws(InvalidInput) in try body() }
    }
    return (try result.get(), record.found.withLock { $0 })
  }

  /// Does something with these files in place of those that are on the disk now.
  public static func replaying<T>(
    _ files: [File], _ body: () throws(InvalidInput) -> T
  ) throws(InvalidInput) -> T {
    let contents = Dictionary(files.map { ($0.path, $0.content) }) { first, _ in first }
    let result = $replayed.withValue(contents) {
      Result { () throws(InvalidInput) in try body() }
    }
    return try result.get()
  }

  /// The content of a file that is replayed: nil if files are read from the disk, empty data if it is
  /// not among those that were recorded.
  static func content(of path: String) -> Data? { replayed.map { $0[path] ?? Data() } }

  static func add(_ path: String, _ content: Data) {
    current?.found.withLock { files in
      if !files.contains(where: { $0.path == path }) {
        files.append(File(path: path, content: content))
      }
    }
  }
}
