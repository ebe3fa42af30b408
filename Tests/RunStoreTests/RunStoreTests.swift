import Foundation
import Testing

@testable import RunStore

/// What was committed is there, and what was changed behind the store's back is found.
@Suite struct RunStoreTests {
  private let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("run-store-\(UUID().uuidString)")
  private var path: String { folder.appendingPathComponent("runs.sqlite").path }

  init() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private func filled(_ count: Int) throws {
    let store = try RunStore(path, mayWrite: true)
    let point = try store.points([[1, 2, 3]])[0]
    try store.record(
      (0..<count).map {
        .init(
          point: point, replication: $0, outcome: [UInt8](repeating: UInt8($0 % 251), count: 900))
      })
  }

  @Test func whatWasRecordedIsThereAfterReopening() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try filled(40)
    let store = try RunStore(path, mayWrite: false)
    let point = try #require(try store.point([1, 2, 3]))
    #expect(try store.replications(of: point, below: 30) == Array(0..<30))
    #expect(try store.outcome(point: point, replication: 7) == [UInt8](repeating: 7, count: 900))
    #expect(try store.outcome(point: point, replication: 40) == nil)
    #expect(try store.point([1, 2]) == nil)
  }

  @Test func pointsKeepTheirNumbers() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let store = try RunStore(path, mayWrite: true)
    let first = try store.points([[1], [2]])
    let second = try store.points([[3], [2], [1]])
    #expect(Array(second[1...].reversed()) == first)
    #expect(Set(second).count == 3)
  }

  /// The first outcome stays: a run gives the same each time.
  @Test func aRunIsStoredOnce() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let store = try RunStore(path, mayWrite: true)
    let point = try store.points([[1]])[0]
    try store.record([.init(point: point, replication: 0, outcome: [1])])
    try store.record([.init(point: point, replication: 0, outcome: [2])])
    #expect(try store.outcome(point: point, replication: 0) == [1])
  }

  /// One bit of one stored outcome, which SQLite itself does not notice.
  @Test func aFlippedBitIsFound() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try filled(40)
    var bytes = try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
    let pattern = [UInt8](repeating: 17, count: 700)
    let start = try #require(bytes.indices.first { bytes[$0...].starts(with: pattern) })
    bytes[start + 300] ^= 1
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    let store = try RunStore(path, mayWrite: false)
    let point = try #require(try store.point([1, 2, 3]))
    #expect(try store.outcome(point: point, replication: 16) != nil)
    #expect(throws: StoreFailure.self) { try store.outcome(point: point, replication: 17) }
  }

  @Test(arguments: [0.1, 0.5, 0.9]) func aTruncatedStoreIsFound(_ share: Double) throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try filled(200)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    let kept = Int(Double(bytes.count) * share) / 4096 * 4096 + 1000
    try bytes.prefix(kept).write(to: URL(fileURLWithPath: path))
    #expect {
      _ = try RunStore(path, mayWrite: true)
    } throws: { error in
      if case .damaged? = error as? StoreFailure { true } else { false }
    }
  }

  @Test(arguments: [
    "no database at all, but a text that is long enough to look like something", "",
  ])
  func anotherFileIsNoStore(_ text: String) throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(String(repeating: text, count: 40).utf8).write(to: URL(fileURLWithPath: path))
    // An empty file is an empty database: a store that was never written.
    guard !text.isEmpty else {
      _ = try RunStore(path, mayWrite: true)
      return
    }
    #expect {
      _ = try RunStore(path, mayWrite: true)
    } throws: { error in
      if case .foreign? = error as? StoreFailure { true } else { false }
    }
  }

  @Test func anotherDatabaseIsNoStore() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try Database(path, mayWrite: true).execute("CREATE TABLE things (a INTEGER)")
    #expect {
      _ = try RunStore(path, mayWrite: true)
    } throws: { error in
      if case .foreign? = error as? StoreFailure { true } else { false }
    }
  }

  @Test func aSecondLockIsRefusedUntilTheFirstEnds() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    var first: FolderLock? = try FolderLock(folder: folder.path, of: "it")
    #expect(first != nil)
    #expect {
      _ = try FolderLock(folder: folder.path, of: "it")
    } throws: { error in
      "\(error)".contains("process \(ProcessInfo.processInfo.processIdentifier)")
    }
    first = nil
    _ = try FolderLock(folder: folder.path, of: "it")
  }
}
