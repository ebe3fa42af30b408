/// The finished runs of a folder of results, in one SQLite file.
///
/// A run is found by the key of its point, which names everything that its result depends on, and its
/// replication. What it gave are bytes that the store does not understand; a checksum tells whether
/// they are those that were written. A commit is on the disk when it returns (WAL with
/// `synchronous=FULL`, without shared memory so that a network's file system will do), so neither a killed process nor a power failure loses what was committed.
///
/// One thread at a time.
public final class RunStore {
  /// A run with what it gave.
  public struct Entry: Sendable {
    /// The point's number in this store.
    public let point: Int
    /// The number of the replication.
    public let replication: Int
    /// What the run gave.
    public let outcome: [UInt8]

    /// A finished run.
    public init(point: Int, replication: Int, outcome: [UInt8]) {
      self.point = point
      self.replication = replication
      self.outcome = outcome
    }
  }

  /// Stands for a path: a store that ends with the process.
  public static let inMemory = ":memory:"

  /// What SQLite adds to the path of a store for the files that it writes.
  public static let suffixes = ["", "-wal", "-shm", "-journal"]

  /// "roll" in ASCII: marks the file as a store of this program.
  private static let applicationID = 0x726F_6C6C
  private static let format = 1

  private let database: Database
  private let insertRun: Statement?
  private let selectRun: Statement
  private let selectReplications: Statement
  private let selectPoint: Statement

  /// Opens a store.
  ///
  /// - Parameter mayWrite: whether to make it where there is none, and to write into it.
  /// - Throws: `StoreFailure` if it is no store, damaged or out of reach.
  public init(_ path: String, mayWrite: Bool) throws(StoreFailure) {
    if mayWrite { for suffix in Self.suffixes { try refuseLink(path + suffix) } }
    database = try Database(path, mayWrite: mayWrite)
    // Before anything is read: from then on a log is found through shared memory, or not.
    if mayWrite { try database.execute("PRAGMA locking_mode = EXCLUSIVE") }
    try Self.check(database)
    if mayWrite { try Self.prepare(database) }
    insertRun =
      mayWrite
      ? try database.prepare("INSERT OR IGNORE INTO runs VALUES (?, ?, ?, ?)") : nil
    selectRun = try database.prepare(
      "SELECT outcome, checksum FROM runs WHERE point = ? AND replication = ?")
    selectReplications = try database.prepare(
      "SELECT replication FROM runs WHERE point = ? AND replication < ? ORDER BY replication")
    selectPoint = try database.prepare("SELECT id FROM points WHERE key = ?")
  }

  /// Refuses what is no store, or was cut off.
  private static func check(_ database: Database) throws(StoreFailure) {
    let tables = try database.number("SELECT count(*) FROM sqlite_master") ?? 0
    guard tables > 0 else { return }
    let id = try database.number("PRAGMA application_id")
    guard id == applicationID else {
      throw .foreign(path: database.path, what: "it is a database of something else")
    }
    let version = try database.number("PRAGMA user_version") ?? 0
    guard version == format else {
      throw .foreign(path: database.path, what: "its format is \(version), expected \(format)")
    }
    let result = try database.prepare("PRAGMA quick_check(1)")
    guard try result.step(), result.text(0) == "ok" else {
      throw .damaged(path: database.path, what: result.text(0))
    }
  }

  /// Makes a database ready to be written; a new one becomes a store at once, so that a killed process
  /// leaves none without its mark.
  private static func prepare(_ database: Database) throws(StoreFailure) {
    try database.execute(
      """
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = FULL;
      BEGIN IMMEDIATE;
      PRAGMA application_id = \(applicationID);
      PRAGMA user_version = \(format);
      CREATE TABLE IF NOT EXISTS points (id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE);
      CREATE TABLE IF NOT EXISTS runs (
        point INTEGER NOT NULL REFERENCES points, replication INTEGER NOT NULL,
        outcome BLOB NOT NULL, checksum INTEGER NOT NULL,
        PRIMARY KEY (point, replication)) WITHOUT ROWID;
      COMMIT;
      """)
  }

  /// The number of the point with a key; nil if no run of it was stored.
  public func point(_ key: [UInt8]) throws(StoreFailure) -> Int? {
    defer { selectPoint.reset() }
    selectPoint.bind(0, key)
    return try selectPoint.step() ? selectPoint.number(0) : nil
  }

  /// The numbers of points with these keys, new ones where there are none.
  public func points(_ keys: [[UInt8]]) throws(StoreFailure) -> [Int] {
    let insert = try database.prepare("INSERT OR IGNORE INTO points (key) VALUES (?)")
    try database.execute("BEGIN IMMEDIATE")
    for key in keys {
      defer { insert.reset() }
      insert.bind(0, key)
      _ = try insert.step()
    }
    try database.execute("COMMIT")
    var numbers: [Int] = []
    for key in keys { numbers.append(try point(key) ?? 0) }
    return numbers
  }

  /// The stored replications of a point below `limit`, in order.
  public func replications(of point: Int, below limit: Int) throws(StoreFailure) -> [Int] {
    defer { selectReplications.reset() }
    selectReplications.bind(0, point)
    selectReplications.bind(1, limit)
    var found: [Int] = []
    while try selectReplications.step() { found.append(selectReplications.number(0)) }
    return found
  }

  /// What a run gave; nil if it was not stored.
  ///
  /// - Throws: `StoreFailure.damaged` if it is not what was written.
  public func outcome(point: Int, replication: Int) throws(StoreFailure) -> [UInt8]? {
    defer { selectRun.reset() }
    selectRun.bind(0, point)
    selectRun.bind(1, replication)
    guard try selectRun.step() else { return nil }
    let outcome = selectRun.bytes(0)
    guard selectRun.number(1) == Self.checksum(point, replication, outcome) else {
      let what = "replication \(replication) of point \(point) fails its checksum"
      throw .damaged(path: database.path, what: what)
    }
    return outcome
  }

  /// Stores runs in one transaction; all of them are on the disk when this returns, or none.
  public func record(_ entries: [Entry]) throws(StoreFailure) {
    guard let insertRun else { preconditionFailure("a store that was opened to be read") }
    try database.execute("BEGIN IMMEDIATE")
    for entry in entries {
      defer { insertRun.reset() }
      insertRun.bind(0, entry.point)
      insertRun.bind(1, entry.replication)
      insertRun.bind(2, entry.outcome)
      insertRun.bind(3, Self.checksum(entry.point, entry.replication, entry.outcome))
      _ = try insertRun.step()
    }
    try database.execute("COMMIT")
  }

  /// Folds the write-ahead log into the file, so that the store is one file again.
  public func finish() throws(StoreFailure) { try database.execute("PRAGMA journal_mode = DELETE") }

  /// FNV-1a over 64 bits, of the place and what was stored there.
  private static func checksum(_ point: Int, _ replication: Int, _ bytes: [UInt8]) -> Int {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for word in [UInt64(point), UInt64(replication)] { hash = (hash ^ word) &* 0x100_0000_01B3 }
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return Int(truncatingIfNeeded: hash)
  }
}
