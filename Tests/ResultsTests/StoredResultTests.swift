import Digest
import Foundation
import Results
import Testing

/// Whether a result is there already.
@Suite struct StoredResultTests {
  private let place: TemporaryFolder
  private let folder: ResultFolder

  init() throws {
    place = try TemporaryFolder()
    folder = ResultFolder(path: place.path("results"))
    let files = [(path: "a.csv", content: "1\n"), (path: "figures/f.json", content: "{}")]
    let manifest = JSON.object([
      "identity": "right",
      "files": .object(
        files.map {
          .init(key: $0.path, value: .string(SHA256.hexadecimal(of: $0.content.utf8)))
        }),
    ])
    try folder.write(files + [(path: "manifest.json", content: manifest.text)])
  }

  private func isComplete(_ identity: String = "right") -> Bool {
    StoredResult(folder)?.isComplete(identity: identity) ?? false
  }

  @Test func anUntouchedResultIsComplete() { #expect(isComplete()) }

  @Test func aResultOfSomethingElseIsNot() { #expect(!isComplete("wrong")) }

  @Test(arguments: ["a.csv", "figures/f.json"]) func aChangedFileIsNoticed(name: String) throws {
    try folder.write([(path: name, content: "2\n")])
    #expect(!isComplete())
  }

  @Test func aMissingFileIsNoticed() throws {
    try FileManager.default.removeItem(atPath: place.path("results/a.csv"))
    #expect(!isComplete())
  }

  @Test func aFileThatIsNoTextIsNoticed() throws {
    try Data([0xFF, 0xFE]).write(to: URL(fileURLWithPath: place.path("results/a.csv")))
    #expect(!isComplete())
  }

  @Test(arguments: ["", "{", "[]", "{}", "{\"identity\": \"right\"}", "{\"files\": {}}"])
  func aBrokenManifestIsNoResult(text: String) throws {
    try folder.write([(path: "manifest.json", content: text)])
    #expect(StoredResult(folder) == nil)
  }

  @Test func anEmptyFolderIsNoResult() {
    #expect(StoredResult(ResultFolder(path: place.path("other"))) == nil)
  }
}
