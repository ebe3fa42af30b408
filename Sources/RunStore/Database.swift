import CSQLite

/// An SQLite database: what the store needs of it, with errors of its own.
final class Database {
  let path: String
  private let handle: OpaquePointer

  /// Opens a database.
  ///
  /// - Parameter mayWrite: whether to make it where there is none, and to write into it.
  init(_ path: String, mayWrite: Bool) throws(StoreFailure) {
    var handle: OpaquePointer?
    let access = mayWrite ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY
    // One thread at a time uses a database here, so SQLite need not lock.
    let code = sqlite3_open_v2(path, &handle, access | SQLITE_OPEN_NOMUTEX, nil)
    guard code == SQLITE_OK, let handle else {
      let reason = String(cString: sqlite3_errstr(code))
      sqlite3_close(handle)
      throw .unusable(path: path, reason: reason)
    }
    self.path = path
    self.handle = handle
    sqlite3_extended_result_codes(handle, 1)
  }

  deinit { sqlite3_close_v2(handle) }

  /// Runs statements that return nothing.
  func execute(_ sql: String) throws(StoreFailure) {
    let code = sqlite3_exec(handle, sql, nil, nil, nil)
    guard code == SQLITE_OK else { throw failure(code) }
  }

  /// A statement to be used again and again.
  func prepare(_ sql: String) throws(StoreFailure) -> Statement {
    var statement: OpaquePointer?
    let code = sqlite3_prepare_v3(
      handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil)
    guard code == SQLITE_OK, let statement else { throw failure(code) }
    return Statement(statement, in: self)
  }

  /// The number that a statement returns first; nil if it returns no row.
  func number(_ sql: String) throws(StoreFailure) -> Int? {
    let statement = try prepare(sql)
    return try statement.step() ? statement.number(0) : nil
  }

  fileprivate func failure(_ code: Int32) -> StoreFailure {
    let reason = String(cString: sqlite3_errmsg(handle))
    return switch code & 0xFF {
    case SQLITE_CORRUPT: .damaged(path: path, what: reason)
    case SQLITE_NOTADB: .foreign(path: path, what: reason)
    default: .unusable(path: path, reason: reason)
    }
  }
}

/// A prepared statement; its parameters and columns are counted from 0.
final class Statement {
  private let handle: OpaquePointer
  private let database: Database

  fileprivate init(_ handle: OpaquePointer, in database: Database) {
    self.handle = handle
    self.database = database
  }

  deinit { sqlite3_finalize(handle) }

  /// Ends the statement, which else keeps its transaction open, and makes it ready for others.
  func reset() { sqlite3_reset(handle) }

  /// Sets a parameter to a number.
  func bind(_ index: Int32, _ number: Int) {
    sqlite3_bind_int64(handle, index + 1, Int64(number))
  }

  /// Sets a parameter to bytes.
  func bind(_ index: Int32, _ bytes: [UInt8]) {
    _ = bytes.withUnsafeBytes {
      csqlite_bind_blob(handle, index + 1, $0.baseAddress, Int32($0.count))
    }
  }

  /// Sets a parameter to text.
  func bind(_ index: Int32, _ text: String) { csqlite_bind_text(handle, index + 1, text) }

  /// Goes to the next row.
  ///
  /// - Returns: whether there is one.
  func step() throws(StoreFailure) -> Bool {
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    case let code: throw database.failure(code)
    }
  }

  /// A number of the row.
  func number(_ column: Int32) -> Int { Int(sqlite3_column_int64(handle, column)) }

  /// Bytes of the row.
  func bytes(_ column: Int32) -> [UInt8] {
    guard let start = sqlite3_column_blob(handle, column) else { return [] }
    let count = Int(sqlite3_column_bytes(handle, column))
    return [UInt8](UnsafeRawBufferPointer(start: start, count: count))
  }

  /// Text of the row.
  func text(_ column: Int32) -> String {
    sqlite3_column_text(handle, column).map { String(cString: $0) } ?? ""
  }
}
