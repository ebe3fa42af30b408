import Foundation

/// Pictures that were drawn from the documents of figures, and the page that was made of a result, which do
/// not show what the files say by now.
struct FormerPictures {
  private static let document = ".vl.json"
  private static let kinds = ["pdf", "png", "svg"]
  private let folder: ResultFolder
  private let hashes: [String: String]

  /// The pictures in a folder before its documents are replaced.
  init(in folder: ResultFolder) {
    self.folder = folder
    hashes = StoredResult(folder)?.hashes ?? [:]
  }

  /// Removes the pictures of documents that are about to change or to go, others stay; and the page if any
  /// file is.
  ///
  /// - Parameters:
  ///   - documents: the hashes of the files to come.
  ///   - known: the files that there may be.
  /// - Returns: the paths of what was removed.
  func remove(before documents: [String: String], known: [String]) -> [String] {
    let isSame = documents.allSatisfy { folder.sha256(of: $0.key) == $0.value }
    let page = !isSame && folder.removeReport() ? [ResultFolder.reportFile] : []
    let names = Set(known).union(documents.keys).filter { $0.hasSuffix(Self.document) }
    return page
      + names.sorted().flatMap { path -> [String] in
        // A document that was not there has no pictures; what looks like one is somebody else's.
        guard let former = folder.sha256(of: path) ?? hashes[path], former != documents[path] else {
          return []
        }
        let stem = path.dropLast(Self.document.count)
        return Self.kinds.map { "\(stem).\($0)" }.filter {
          unlink(folder.url.appendingPathComponent($0).path) == 0
        }
      }
  }
}
