import Foundation

/// A new folder that is removed when its owner is gone.
final class TemporaryFolder: Sendable {
  let url = FileManager.default.temporaryDirectory
    .appendingPathComponent("rollsim-\(UUID().uuidString)", isDirectory: true)

  init() throws {
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// The path of something in the folder.
  func path(_ name: String) -> String { url.appendingPathComponent(name).path }

  /// Every file and folder below, with the content of files.
  func contents() -> [String: String?] {
    let names = (try? FileManager.default.subpathsOfDirectory(atPath: url.path)) ?? []
    return Dictionary(
      uniqueKeysWithValues: names.map {
        ($0, try? String(contentsOfFile: path($0), encoding: .utf8))
      })
  }
}
