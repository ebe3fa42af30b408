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
  }

  /// Where the files end up.
  public let url: URL

  /// The folder at `path`, which need not exist.
  public init(path: String) { url = URL(fileURLWithPath: path, isDirectory: true) }

  /// Makes sure, before any work is done, that files can be written into the folder.
  public func prepare() throws(Failure) {
    let missing = missingFolders
    defer { removeEmpty(missing) }
    let probe = url.appendingPathComponent(".write-probe")
    defer { unlink(probe.path) }
    try attempt {
      try Self.makeFolder(url)
      try Self.writeFile([0], to: probe)
    }
  }

  /// The content of a file in the folder, or nil if there is none.
  public func read(_ name: String) -> String? {
    try? String(contentsOf: url.appendingPathComponent(name), encoding: .utf8)
  }

  /// Writes all files or none.
  ///
  /// - Parameter files: paths below the folder and their contents.
  public func write(_ files: [(path: String, content: String)]) throws(Failure) {
    let missing = missingFolders
    defer { removeEmpty(missing) }
    let staging = url.appendingPathComponent(
      ".staging-\(ProcessInfo.processInfo.processIdentifier)")
    defer { try? FileManager.default.removeItem(at: staging) }
    try attempt {
      for file in files {
        let target = staging.appendingPathComponent(file.path)
        try Self.makeFolder(target.deletingLastPathComponent())
        try Self.writeFile(Array(file.content.utf8), to: target)
      }
      // What can keep a file from its place is found before the first one takes its own.
      for file in files {
        let target = url.appendingPathComponent(file.path)
        try Self.makeFolder(target.deletingLastPathComponent())
        if Self.isFolder(target) { throw Self.failure(EISDIR) }
      }
      for file in files {
        let target = url.appendingPathComponent(file.path)
        guard rename(staging.appendingPathComponent(file.path).path, target.path) == 0 else {
          throw Self.failure(errno)
        }
      }
    }
  }

  // MARK: Folders

  /// The folder and those above it that do not exist, the deepest first.
  private var missingFolders: [URL] {
    var missing: [URL] = []
    var folder = url.standardizedFileURL
    while !FileManager.default.fileExists(atPath: folder.path), folder.path != "/" {
      missing.append(folder)
      folder.deleteLastPathComponent()
    }
    return missing
  }

  private func removeEmpty(_ folders: [URL]) {
    for folder in folders { rmdir(folder.path) }
  }

  /// Makes a folder and those above it; Foundation does not say why it could not.
  private static func makeFolder(_ folder: URL) throws {
    if mkdir(folder.path, 0o777) == 0 || isFolder(folder) { return }
    guard errno == ENOENT else { throw failure(errno) }
    try makeFolder(folder.deletingLastPathComponent())
    guard mkdir(folder.path, 0o777) == 0 || isFolder(folder) else { throw failure(errno) }
  }

  private static func isFolder(_ url: URL) -> Bool {
    let reason = errno
    defer { errno = reason }
    var isDirectory: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: url.path, isDirectory: &isDirectory)
    return exists && isDirectory.boolValue
  }

  // MARK: Files

  /// Writes a file; Foundation does not say why it could not.
  private static func writeFile(_ content: [UInt8], to url: URL) throws {
    let descriptor = open(url.path, O_WRONLY | O_CREAT | O_TRUNC, 0o666)
    guard descriptor >= 0 else { throw failure(errno) }
    var rest = content[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else {
        let reason = errno
        close(descriptor)
        throw failure(reason)
      }
      rest = rest.dropFirst(written)
    }
    guard close(descriptor) == 0 else { throw failure(errno) }
  }

  // MARK: Reasons

  private static func failure(_ number: Int32) -> Failure {
    Failure(description: String(cString: strerror(number)))
  }

  private func attempt(_ body: () throws -> Void) throws(Failure) {
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
