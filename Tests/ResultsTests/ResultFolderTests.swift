import Foundation
import Results
import Testing

/// A folder of results is written completely or not at all.
@Suite struct ResultFolderTests {
  private static let files = [
    (path: "points.csv", content: "a\n1\n"), (path: "figures/deep/f.json", content: "{}"),
  ]

  @Test func filesAndFoldersAppear() throws {
    let place = try TemporaryFolder()
    let folder = ResultFolder(path: place.path("new/results"))
    try folder.write(Self.files)
    #expect(folder.read("points.csv") == "a\n1\n")
    #expect(folder.read("figures/deep/f.json") == "{}")
    #expect(folder.read("other") == nil)
    #expect(
      Set(place.contents().keys) == [
        "new", "new/results", "new/results/points.csv", "new/results/figures",
        "new/results/figures/deep", "new/results/figures/deep/f.json",
      ])
  }

  @Test func oldFilesAreReplacedAndStrangersStay() throws {
    let place = try TemporaryFolder()
    let folder = ResultFolder(path: place.path("results"))
    try folder.write([(path: "a", content: "old, and longer"), (path: "mine", content: "1")])
    try folder.write([(path: "a", content: "new")])
    #expect(place.contents() == ["results": nil, "results/a": "new", "results/mine": "1"])
  }

  /// The last file cannot take its place: the first one, which could, stays as it was.
  @Test(arguments: ["a folder in the way", "a file where a folder must be"])
  func aFailureLeavesEverythingAsItWas(obstacle: String) throws {
    let place = try TemporaryFolder()
    let folder = ResultFolder(path: place.path("results"))
    try folder.write([(path: "points.csv", content: "old")])
    if obstacle == "a folder in the way" {
      try folder.write([(path: "figures/deep/f.json/inside", content: "x")])
    } else {
      try folder.write([(path: "figures", content: "x")])
    }
    let before = place.contents()
    #expect(throws: ResultFolder.Failure.self) { try folder.write(Self.files) }
    #expect(place.contents() == before)
  }

  @Test func aFailureLeavesNoNewFolder() throws {
    let place = try TemporaryFolder()
    let folder = ResultFolder(path: place.path("new/results"))
    let name = String(repeating: "x", count: 300)
    let failure = #expect(throws: ResultFolder.Failure.self) {
      try folder.write(Self.files + [(path: name, content: "")])
    }
    #expect(failure?.description.hasSuffix(": File name too long") == true)
    #expect(place.contents().isEmpty)
  }

  @Test func preparingLeavesNothingBehind() throws {
    let place = try TemporaryFolder()
    try ResultFolder(path: place.path("new/results")).prepare()
    #expect(place.contents().isEmpty)
    try ResultFolder(path: place.url.path).prepare()
    #expect(place.contents().isEmpty)
  }

  @Test func aFileOnThePathSaysWhy() throws {
    let place = try TemporaryFolder()
    try Data("1".utf8).write(to: URL(fileURLWithPath: place.path("file")))
    let path = place.path("file/results")
    let failure = #expect(throws: ResultFolder.Failure.self) {
      try ResultFolder(path: path).prepare()
    }
    #expect(failure?.description == "cannot write results into '\(path)': Not a directory")
    #expect(place.contents() == ["file": "1"])
  }

  @Test func aFileInPlaceOfTheFolderSaysWhy() throws {
    let place = try TemporaryFolder()
    try Data("1".utf8).write(to: URL(fileURLWithPath: place.path("file")))
    let failure = #expect(throws: ResultFolder.Failure.self) {
      try ResultFolder(path: place.path("file")).prepare()
    }
    #expect(failure?.description.hasPrefix("cannot write results into ") == true)
    #expect(place.contents() == ["file": "1"])
  }

  @Test(.enabled(if: getuid() != 0, "permissions do not bind the superuser"))
  func aFolderWithoutPermissionSaysWhy() throws {
    let place = try TemporaryFolder()
    chmod(place.url.path, 0o500)
    defer { chmod(place.url.path, 0o700) }
    let failure = #expect(throws: ResultFolder.Failure.self) {
      try ResultFolder(path: place.path("results")).prepare()
    }
    #expect(failure?.description.hasSuffix(": Permission denied") == true)
  }
}
