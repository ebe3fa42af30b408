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
      var descriptor: Int32 = -1
      try attempt { descriptor = try ResultFolder.newFile(url) }
      self.descriptor = descriptor
      self.attempt = attempt
    }

    deinit { Foundation.close(descriptor) }

    /// Adds text at the end.
    public func append(_ text: String) throws(ResultFolder.Failure) { try append(text.utf8) }

    /// Adds bytes at the end.
    func append(_ bytes: some Sequence<UInt8>) throws(ResultFolder.Failure) {
      buffer.append(contentsOf: bytes)
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
  private var staging: URL?
  private let missing: [URL]
  /// The paths of the files and the hashes of their contents, in the order of writing.
  public private(set) var hashes: [(path: String, sha256: String)] = []

  init(_ folder: ResultFolder) {
    self.folder = folder
    missing = folder.missingFolders
  }

  deinit {
    if let staging { try? FileManager.default.removeItem(at: staging) }
    ResultFolder.removeEmpty(missing)
  }

  /// Begins a file that is written bit by bit, and to be ended by `finish`.
  public func open(_ path: String) throws(ResultFolder.Failure) -> Writer {
    var target = folder.url
    try folder.attempt {
      let staging = try self.staging ?? folder.makeStagingFolder()
      self.staging = staging
      target = staging.appendingPathComponent(path)
      try ResultFolder.makeFolder(target.deletingLastPathComponent())
    }
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

  /// Writes a file that is no text.
  public func write(
    _ path: String, bytes: some Sequence<UInt8>
  ) throws(ResultFolder.Failure) {
    let writer = try open(path)
    try writer.append(bytes)
    try finish(path, writer)
  }

  /// Moves all files to their places, beside whatever is there.
  public func commit() throws(ResultFolder.Failure) { try Self.commit([self]) }

  /// Moves the files of several folders to their places, once nothing is in the way of any.
  public static func commit(_ all: [StagedFiles]) throws(ResultFolder.Failure) {
    for files in all { try files.makeWay() }
    for files in all { try files.move() }
  }

  /// Moves all files to their places in the stead of a former result, of which nothing stays.
  ///
  /// - Parameter owner: whose the folder is.
  /// - Returns: the paths of pictures of the former result that were removed, because their figure has
  ///   changed or gone, and that of its page if anything has.
  public func replaceFormer(as owner: FolderOwner) throws(ResultFolder.Failure) -> [String] {
    let paths = hashes.map(\.path)
    try makeWay()
    let known = folder.knownFiles
    // Whoever is killed from here on knows its files again.
    if folder.hasStore {
      try folder.record(owner, files: Set(known).union(paths).sorted())
    }
    // Earlier than the documents: a picture that is missing is drawn, one that is old deceives.
    let pictures = FormerPictures(in: folder).remove(
      before: Dictionary(hashes.map { ($0.path, $0.sha256) }) { $1 }, known: known)
    try move()
    for path in Set(known).subtracting(paths) {
      let file = folder.url.appendingPathComponent(path)
      unlink(file.path)
      if path.contains("/") { rmdir(file.deletingLastPathComponent().path) }
    }
    // The result is there; without room for this it is so all the same.
    if folder.hasStore { try? folder.record(owner, files: paths.sorted()) }
    return pictures
  }

  /// Finds what can keep a file from its place before the first one takes its own.
  private func makeWay() throws(ResultFolder.Failure) {
    for (path, _) in hashes {
      try folder.refuseLinks(to: path)
      try folder.attempt {
        let target = folder.url.appendingPathComponent(path)
        try ResultFolder.makeFolder(target.deletingLastPathComponent())
        if ResultFolder.isFolder(target) { throw ResultFolder.failure(EISDIR) }
      }
    }
  }

  private func move() throws(ResultFolder.Failure) {
    guard let staging else { return }
    let targets = hashes.map { folder.url.appendingPathComponent($0.path) }
    try folder.attempt {
      for ((path, _), target) in zip(hashes, targets) {
        guard rename(staging.appendingPathComponent(path).path, target.path) == 0 else {
          throw ResultFolder.failure(errno)
        }
      }
    }
    // Names are on the disk when the folders are.
    for url in Set(targets.map { $0.deletingLastPathComponent() }) { ResultFolder.synchronise(url) }
  }
}
