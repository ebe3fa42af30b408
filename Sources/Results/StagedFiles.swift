import Digest
import Foundation

/// The files of a result on their way into its folder: all of them get there, or none.
public final class StagedFiles {
  /// A file that is written bit by bit.
  public final class Writer {
    private let descriptor: Int32
    private let attempt: (() throws -> Void) throws(ResultFolder.Failure) -> Void
    private var buffer: [UInt8] = []
    private var hash = SHA256()
    private static let bufferSize = 1 << 16

    fileprivate init(
      _ url: URL, _ attempt: @escaping (() throws -> Void) throws(ResultFolder.Failure) -> Void
    ) throws(ResultFolder.Failure) {
      let descriptor = Foundation.open(url.path, O_WRONLY | O_CREAT | O_TRUNC, 0o666)
      self.descriptor = descriptor
      self.attempt = attempt
      try attempt { if descriptor < 0 { throw ResultFolder.failure(errno) } }
    }

    deinit { if descriptor >= 0 { Foundation.close(descriptor) } }

    /// Adds text at the end.
    public func append(_ text: String) throws(ResultFolder.Failure) {
      buffer.append(contentsOf: text.utf8)
      if buffer.count >= Self.bufferSize { try flush() }
    }

    /// Writes what is still held back, down to the disk: a rename that outlives a power failure must
    /// not lead to a file that does not.
    ///
    /// - Returns: the SHA-256 of the file, in hexadecimal.
    fileprivate func finish() throws(ResultFolder.Failure) -> String {
      try flush()
      try attempt { if fsync(descriptor) != 0 { throw ResultFolder.failure(errno) } }
      return hash.hexadecimal
    }

    private func flush() throws(ResultFolder.Failure) {
      hash.update(buffer)
      var rest = buffer[...]
      try attempt {
        while !rest.isEmpty {
          let count = rest.withUnsafeBytes {
            Foundation.write(descriptor, $0.baseAddress, $0.count)
          }
          if count < 0, errno == EINTR { continue }
          guard count > 0 else { throw ResultFolder.failure(errno) }
          rest = rest.dropFirst(count)
        }
      }
      buffer.removeAll(keepingCapacity: true)
    }
  }

  private let folder: ResultFolder
  private let staging: URL
  private let missing: [URL]
  /// The paths of the files and the hashes of their contents, in the order of writing.
  public private(set) var hashes: [(path: String, sha256: String)] = []

  init(_ folder: ResultFolder) {
    self.folder = folder
    missing = folder.missingFolders
    staging = folder.url.appendingPathComponent(
      "\(ResultFolder.stagingPrefix)\(ProcessInfo.processInfo.processIdentifier)")
  }

  deinit {
    try? FileManager.default.removeItem(at: staging)
    ResultFolder.removeEmpty(missing)
  }

  /// Begins a file that is written bit by bit, and to be ended by `finish`.
  public func open(_ path: String) throws(ResultFolder.Failure) -> Writer {
    let target = staging.appendingPathComponent(path)
    try folder.attempt { try ResultFolder.makeFolder(target.deletingLastPathComponent()) }
    return try Writer(target, folder.attempt)
  }

  /// Ends a file.
  public func finish(_ path: String, _ writer: Writer) throws(ResultFolder.Failure) {
    hashes.append((path, try writer.finish()))
  }

  /// Writes a file bit by bit.
  public func write(_ path: String, _ body: (Writer) throws -> Void) throws {
    let writer = try open(path)
    try body(writer)
    try finish(path, writer)
  }

  /// Writes a file.
  public func write(_ path: String, _ content: String) throws(ResultFolder.Failure) {
    let writer = try open(path)
    try writer.append(content)
    try finish(path, writer)
  }

  /// Moves all files to their places.
  ///
  /// - Parameter obsolete: files of an older result, to be removed unless they were written anew.
  public func commit(removing obsolete: [String] = []) throws(ResultFolder.Failure) {
    try folder.attempt {
      // What can keep a file from its place is found before the first one takes its own.
      for (path, _) in hashes {
        let target = folder.url.appendingPathComponent(path)
        try ResultFolder.makeFolder(target.deletingLastPathComponent())
        if ResultFolder.isFolder(target) { throw ResultFolder.failure(EISDIR) }
      }
      for (path, _) in hashes {
        let target = folder.url.appendingPathComponent(path)
        guard rename(staging.appendingPathComponent(path).path, target.path) == 0 else {
          throw ResultFolder.failure(errno)
        }
      }
    }
    // Names are on the disk when the folders are.
    let targets = hashes.map { folder.url.appendingPathComponent($0.path) }
    for url in Set(targets.map { $0.deletingLastPathComponent() }) { ResultFolder.synchronise(url) }
    for path in Set(obsolete).subtracting(hashes.map(\.path)) {
      unlink(folder.url.appendingPathComponent(path).path)
    }
  }
}
