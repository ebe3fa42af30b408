import Digest
import Foundation

/// A folder of result files that is written completely or not at all.
///
/// Files go to a temporary folder beside the target first; when all are there, each is renamed
/// into place. A full disk or a read-only folder leaves the target as it was.
public struct ResultFolder {
  /// A file could not be written or read.
  public struct Failure: Error, CustomStringConvertible {
    /// What went wrong, with the path.
    public let description: String

    /// A reason.
    public init(description: String) { self.description = description }
  }

  /// Where the files end up.
  public let url: URL

  /// The folder at `path`, which need not exist.
  public init(path: String) { url = URL(fileURLWithPath: path, isDirectory: true) }

  /// Makes sure, before any work is done, that files can be written into the folder.
  public func prepare() throws(Failure) {
    let missing = missingFolders
    defer { Self.removeEmpty(missing) }
    try refuseLinks(to: Self.probe)
    let probe = url.appendingPathComponent(Self.probe)
    try attempt {
      try Self.makeFolder(url)
      try removeFormerProbe()
      let descriptor = try Self.newFile(probe)
      defer {
        close(descriptor)
        unlink(probe.path)
      }
      guard Foundation.write(descriptor, [0], 1) == 1 else { throw Self.failure(errno) }
    }
  }

  static let probe = ".write-probe"

  /// Removes what a process left that was killed as it began; a file that says more is somebody else's.
  private func removeFormerProbe() throws {
    let path = url.appendingPathComponent(Self.probe).path
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size <= 1
    else { return }
    unlink(path)
  }

  /// Makes the folder where there is none.
  public func make() throws(Failure) { try attempt { try Self.makeFolder(url) } }

  /// What there is at its path.
  public enum State: Sendable {
    /// Nothing.
    case missing
    /// A file or something else.
    case noFolder
    /// A folder.
    case folder
  }

  /// What there is at its path.
  public var state: State {
    guard FileManager.default.fileExists(atPath: url.path) else { return .missing }
    return Self.isFolder(url) ? .folder : .noFolder
  }

  /// Whether a file is there, readable or not.
  public func has(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: url.appendingPathComponent(name).path)
  }

  /// The content of a file in the folder, or nil if there is none.
  public func read(_ name: String) -> String? {
    try? String(contentsOf: url.appendingPathComponent(name), encoding: .utf8)
  }

  /// The SHA-256 hash of a file in the folder in hexadecimal, or nil if there is none; memory holds a
  /// piece of it.
  func sha256(of name: String) -> String? {
    guard let file = try? FileHandle(forReadingFrom: url.appendingPathComponent(name)) else {
      return nil
    }
    var hash = SHA256()
    do {
      while let piece = try file.read(upToCount: 1 << 16), !piece.isEmpty {
        hash.update([UInt8](piece))
      }
    } catch {
      return nil
    }
    return hash.hexadecimal
  }

  /// Begins to write files, all of which get into the folder or none.
  public func stage() -> StagedFiles { StagedFiles(self) }

  /// Writes all files or none.
  ///
  /// - Parameter files: paths below the folder and their contents.
  public func write(_ files: [(path: String, content: String)]) throws(Failure) {
    let staged = stage()
    for file in files { try staged.write(file.path, file.content) }
    try staged.commit()
  }

  static let stagingPrefix = ".staging-"

  /// Makes an empty folder for files on their way, of a name that was free.
  func makeStagingFolder() throws -> URL {
    try Self.makeFolder(url)
    var template = Array(url.appendingPathComponent("\(Self.stagingPrefix)XXXXXX").path.utf8CString)
    guard let path = mkdtemp(&template) else { throw Self.failure(errno) }
    return URL(fileURLWithPath: String(cString: path), isDirectory: true)
  }

  /// Removes what a process left that was killed while it wrote; no other one may be writing.
  public func removeStagedFiles() {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
    for name in names where name.hasPrefix(Self.stagingPrefix) {
      try? FileManager.default.removeItem(at: url.appendingPathComponent(name))
    }
  }

  // MARK: Folders

  /// Has the names in a folder written to the disk.
  static func synchronise(_ folder: URL) {
    let descriptor = open(folder.path, O_RDONLY | O_DIRECTORY)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  /// The folder and those above it that do not exist, the deepest first.
  var missingFolders: [URL] {
    var missing: [URL] = []
    var folder = url.standardizedFileURL
    while !FileManager.default.fileExists(atPath: folder.path), folder.path != "/" {
      missing.append(folder)
      folder.deleteLastPathComponent()
    }
    return missing
  }

  static func removeEmpty(_ folders: [URL]) {
    for folder in folders { rmdir(folder.path) }
  }

  /// Makes a folder and those above it; Foundation does not say why it could not.
  static func makeFolder(_ folder: URL) throws {
    if mkdir(folder.path, 0o777) == 0 || isFolder(folder) { return }
    guard errno == ENOENT else { throw failure(errno) }
    try makeFolder(folder.deletingLastPathComponent())
    guard mkdir(folder.path, 0o777) == 0 || isFolder(folder) else { throw failure(errno) }
  }

  /// Makes a file where nothing is, and opens it; a link is something.
  static func newFile(_ file: URL) throws -> Int32 {
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
    let descriptor = open(file.path, flags, 0o666)
    guard descriptor >= 0 else { throw failure(errno) }
    return descriptor
  }

  static func isLink(_ url: URL) -> Bool {
    var status = stat()
    return lstat(url.path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
  }

  static func isFolder(_ url: URL) -> Bool {
    let reason = errno
    defer { errno = reason }
    var isDirectory: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: url.path, isDirectory: &isDirectory)
    return exists && isDirectory.boolValue
  }

  // MARK: Reasons

  static func failure(_ number: Int32) -> Failure {
    Failure(description: String(cString: strerror(number)))
  }

  func attempt(_ body: () throws -> Void) throws(Failure) {
    let what = "cannot write results into '\(url.relativePath)'"
    do {
      try body()
    } catch let failure as Failure {
      throw Failure(description: "\(what): \(failure.description)")
    } catch {
      throw Failure(description: "\(what): \(error.localizedDescription)")
    }
  }
}
