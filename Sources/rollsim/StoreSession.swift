import Foundation
import Reporting
import Results
import RunStore
import Running

/// A folder of results while one process, and no other, works in it.
final class FolderSession {
  let folder: ResultFolder
  private let lock: FolderLock

  /// Takes a folder.
  ///
  /// - Parameters:
  ///   - paths: files that may be written.
  ///   - force: whether to take it from another owner.
  /// - Throws: `StoreFailure` if another process has it, `ResultFolder.Failure` if it is another one's
  ///   or nothing can be written into it.
  init(_ path: String, _ owner: FolderOwner, writing paths: [String], force: Bool) throws {
    folder = ResultFolder(path: path)
    try folder.admit(owner, writing: paths, force: force)
    try folder.prepare()
    let place = StorePlace.folder(in: folder)
    try place.make()
    lock = try FolderLock(folder: place.url.relativePath, of: path)
    folder.removeStagedFiles()
    try folder.record(owner)
  }
}

/// A folder with its store, and what a signal does meanwhile.
final class StoreSession {
  let path: String
  let store: RunStore
  private let session: FolderSession
  var folder: ResultFolder { session.folder }

  /// Takes a folder and opens its store.
  ///
  /// - Parameter force: whether to take it from another owner, and to forget what is finished.
  /// - Throws: `StoreFailure` if another process has the folder, or the store is damaged or foreign;
  ///   `ResultFolder.Failure` if the folder is another one's.
  init(_ path: String, _ owner: FolderOwner, writing paths: [String], force: Bool) throws {
    self.path = path
    session = try FolderSession(path, owner, writing: paths, force: force)
    let file = StorePlace.path(in: session.folder)
    if force {
      // The mark of a finished shard goes before what it vouches for.
      unlink(session.folder.url.appendingPathComponent(ShardFolder.mark).path)
      for suffix in RunStore.suffixes { unlink(file + suffix) }
    }
    store = try RunStore(file, mayWrite: true)
  }

  /// Does something in the folder; a signal meanwhile, or a disk that fills up, ends the process with
  /// code 3.
  func execute<T>(_ body: () throws -> T) throws -> T {
    let advice = "finished runs are kept in \(path), start again to go on"
    Interruption.begin("interrupted; \(advice)")
    defer { Interruption.end() }
    do {
      return try body()
    } catch let error as StoreFailure {
      guard case .unusable = error else { throw error }
      throw Interrupted(description: "\(error); \(advice)")
    } catch let error as ResultFolder.Failure {
      throw Interrupted(description: "\(error); \(advice)")
    }
  }
}
