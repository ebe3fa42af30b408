import Experiments
import Foundation
import Results
import RunStore

/// A folder of results while one process, and no other, works in it.
final class FolderSession {
  let folder: ResultFolder
  private let lock: FolderLock

  /// Takes a folder.
  ///
  /// - Throws: `StoreFailure` if another process has it, `ResultFolder.Failure` if nothing can be
  ///   written into it.
  init(_ path: String) throws {
    folder = ResultFolder(path: path)
    try folder.prepare()
    let place = StorePlace.folder(in: folder)
    try place.make()
    lock = try FolderLock(folder: place.url.path, of: path)
    folder.removeStagedFiles()
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
  /// - Parameter afresh: whether to forget what is finished.
  /// - Throws: `StoreFailure` if another process has the folder, or the store is damaged or foreign.
  init(_ path: String, afresh: Bool = false) throws {
    self.path = path
    session = try FolderSession(path)
    let file = StorePlace.path(in: session.folder)
    if afresh {
      // The mark of a finished shard goes before what it vouches for.
      unlink(session.folder.url.appendingPathComponent(ShardFolder.mark).path)
      for suffix in ["", "-wal", "-shm"] { unlink(file + suffix) }
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
