#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The right of one process to write into a folder; it ends with the process, however that ends.
public final class FolderLock {
  private let descriptor: Int32

  /// Takes the lock of a folder.
  ///
  /// - Parameter name: what the folder is to whoever is refused.
  /// - Throws: `StoreFailure.inUse`, with the process that has it.
  public init(folder: String, of name: String) throws(StoreFailure) {
    let path = folder + "/lock"
    try refuseLink(path)
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o666)
    guard descriptor >= 0 else {
      throw .unusable(path: path, reason: String(cString: strerror(errno)))
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let isTaken = errno == EWOULDBLOCK
      let reason = String(cString: strerror(errno))
      let owner = Self.owner(in: descriptor)
      close(descriptor)
      throw isTaken
        ? .inUse(path: name, owner: owner) : .unusable(path: path, reason: reason)
    }
    self.descriptor = descriptor
    let owner = "process \(getpid()) on \(Self.host)"
    // Whoever is refused reads this; without room for it the lock holds all the same.
    _ = ftruncate(descriptor, 0)
    _ = owner.withCString { pwrite(descriptor, $0, strlen($0), 0) }
  }

  deinit { close(descriptor) }

  private static var host: String {
    var name = [CChar](repeating: 0, count: 256)
    guard gethostname(&name, 255) == 0 else { return "this machine" }
    return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init), as: UTF8.self)
  }

  private static func owner(in descriptor: Int32) -> String {
    var bytes = [UInt8](repeating: 0, count: 300)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    return count > 0 ? String(decoding: bytes.prefix(count), as: UTF8.self) : "another process"
  }
}
