import Declarations
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
  private let root: String

  private init(root: String) { self.root = root }

  /// Does something and says which files it read, each once, in order.
  ///
  /// - Parameter root: what is left out at the beginning of paths, with its slash, so that they do not
  ///   depend on where a checkout lies.
  public static func recording<T>(
    below root: String = "", _ body: () throws(InvalidInput) -> T
  ) throws(InvalidInput) -> (result: T, files: [File]) {
    let record = InputRecord(root: root)
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

  static func add(_ whole: String, _ content: Data) {
    guard let current else { return }
    let path = whole.hasPrefix(current.root) ? String(whole.dropFirst(current.root.count)) : whole
    current.found.withLock { files in
      if !files.contains(where: { $0.path == path }) {
        files.append(File(path: path, content: content))
      }
    }
  }
}
