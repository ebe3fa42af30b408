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
    try attempt("cannot write results into '\(url.relativePath)'") {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
      let probe = url.appendingPathComponent(".write-probe")
      try Data([0]).write(to: probe)
      try FileManager.default.removeItem(at: probe)
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
    let staging = url.appendingPathComponent(
      ".staging-\(ProcessInfo.processInfo.processIdentifier)")
    defer { try? FileManager.default.removeItem(at: staging) }
    try attempt("cannot write results into '\(url.relativePath)'") {
      for file in files {
        let target = staging.appendingPathComponent(file.path)
        try FileManager.default.createDirectory(
          at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(file.content.utf8).write(to: target)
      }
      for file in files {
        let target = url.appendingPathComponent(file.path)
        try FileManager.default.createDirectory(
          at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
        guard rename(staging.appendingPathComponent(file.path).path, target.path) == 0 else {
          throw Failure(description: String(cString: strerror(errno)))
        }
      }
    }
  }

  private func attempt(_ what: String, _ body: () throws -> Void) throws(Failure) {
    do {
      try body()
    } catch let failure as Failure {
      throw Failure(description: "\(what): \(failure.description)")
    } catch {
      throw Failure(description: "\(what): \(Self.words(for: error as NSError))")
    }
  }

  /// The reason that the system gave: Foundation wraps it into a vaguer error.
  private static func words(for error: NSError) -> String {
    if let cause = error.userInfo[NSUnderlyingErrorKey] as? NSError { return words(for: cause) }
    return error.domain == NSPOSIXErrorDomain
      ? String(cString: strerror(Int32(error.code))) : error.localizedDescription
  }
}
