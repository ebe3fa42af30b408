/// Why a store cannot be used.
public enum StoreFailure: Error, Equatable, CustomStringConvertible {
  /// Another process works with it.
  case inUse(path: String, owner: String)
  /// It is no store of this program, or of another format.
  case foreign(path: String, what: String)
  /// What it holds is not what was written.
  case damaged(path: String, what: String)
  /// It cannot be written or read: a full disk, missing rights.
  case unusable(path: String, reason: String)

  /// The failure in words, with what to do about it.
  public var description: String {
    switch self {
    case .inUse(let path, let owner):
      "'\(path)' is in use by \(owner); wait for it, or give --results another folder"
    case .foreign(let path, let what):
      "'\(path)' is no run store of this program: \(what); move it away to start anew"
    case .damaged(let path, let what):
      "the run store '\(path)' is damaged: \(what); move it away to start anew"
    case .unusable(let path, let reason): "cannot use the run store '\(path)': \(reason)"
    }
  }
}
