import Foundation

/// A result that was written before, as its manifest describes it.
public struct StoredResult {
  private let folder: ResultFolder
  private let identity: String
  let hashes: [String: String]

  /// Reads the manifest of a folder; nil if there is none that can be read.
  public init?(_ folder: ResultFolder) {
    guard let text = folder.read("manifest.json"),
      let object = try? JSONSerialization.jsonObject(with: Data(text.utf8)),
      let manifest = object as? [String: Any],
      let identity = manifest["identity"] as? String,
      let hashes = manifest["files"] as? [String: String]
    else { return nil }
    self.folder = folder
    self.identity = identity
    self.hashes = hashes
  }

  /// The paths of its files; one that leads out of the folder is none of them.
  public var files: [String] { hashes.keys.filter(ResultFolder.isBelow).sorted() }

  /// Whether this is the result with `identity` and every file of it is there unchanged.
  public func isComplete(identity expected: String) -> Bool {
    identity == expected
      && hashes.allSatisfy { path, hash in folder.sha256(of: path) == hash }
  }
}
