import Experiments
import Foundation
import Results
import RunStore
import Synchronization

/// A folder of results while one process works in it: its lock, its store, and what a signal does.
final class StoreSession {
  let path: String
  let folder: ResultFolder
  let store: RunStore
  private let lock: FolderLock

  /// Takes a folder and opens its store.
  ///
  /// - Parameter afresh: whether to forget what is finished.
  /// - Throws: `StoreFailure` if another process has the folder, or the store is damaged or foreign.
  init(_ path: String, afresh: Bool = false) throws {
    self.path = path
    folder = ResultFolder(path: path)
    try folder.prepare()
    let place = ResultFolder(path: path + "/" + ShardFolder.storeFolder)
    try place.make()
    lock = try FolderLock(folder: place.url.path, of: path)
    folder.removeStagedFiles()
    if afresh {
      // The mark of a finished shard goes before what it vouches for.
      unlink(folder.url.appendingPathComponent(ShardFolder.mark).path)
      for suffix in ["", "-wal", "-shm"] { unlink(ShardFolder.storePath(in: folder) + suffix) }
    }
    store = try RunStore(ShardFolder.storePath(in: folder), mayWrite: true)
  }

  /// Does something in the folder; a signal meanwhile, or a disk that fills up, ends the process with
  /// code 3.
  ///
  /// - Parameter body: may hand over a sweep whose finished runs are committed first.
  func execute<T>(_ body: (_ stopping: (Sweep) -> Void) throws -> T) throws -> T {
    let advice = "finished runs are kept in \(path), start again to go on"
    let sweep = SweepInProgress()
    // One for all of it: a source that is made while another one ends may miss its signal.
    let interruption = Interruption {
      sweep.current.withLock { $0 }?.stop()
      return "interrupted; \(advice)"
    }
    defer { interruption.end() }
    do {
      return try body { new in sweep.current.withLock { $0 = new } }
    } catch let error as StoreFailure {
      guard case .unusable = error else { throw error }
      throw Interrupted(description: "\(error); \(advice)")
    } catch let error as ResultFolder.Failure {
      throw Interrupted(description: "\(error); \(advice)")
    }
  }
}

/// The sweep that a signal stops, once there is one.
private final class SweepInProgress: Sendable {
  let current = Mutex<Sweep?>(nil)
}
