import Foundation
import Testing

extension CommandTests {
  /// Links in a folder of results lead nowhere; the folder may be one.
  @Suite struct LinkTests {
    private let place: Place

    init() throws {
      place = try Place()
      try place.write("victim", "mine")
      let folder = place.url.appendingPathComponent("elsewhere")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    private func link(_ name: String, to target: String) throws {
      let link = place.url.appendingPathComponent(name)
      try FileManager.default.createDirectory(
        at: link.deletingLastPathComponent(), withIntermediateDirectories: true)
      try FileManager.default.createSymbolicLink(
        at: link, withDestinationURL: place.url.appendingPathComponent(target))
    }

    @Test(arguments: [
      ("X/.write-probe", "victim"), ("X/.store/lock", "victim"), ("X/.store/runs.sqlite", "victim"),
      ("X/.store/runs.sqlite-wal", "victim"), ("X/.store", "elsewhere"),
      ("X/.store/lock", "nowhere"), ("X/points.csv", "victim"), ("X/figures", "elsewhere"),
    ])
    func aLinkInItIsRefused(name: String, target: String) throws {
      try link(name, to: target)
      let output = try place.rollsim("sweep", "sweep.yaml", "--results", "X")
      #expect(output.status == 2)
      #expect(output.err.hasPrefix("error: "))
      #expect(
        output.err.contains("'\(name)'") && output.err.contains("link")
          && output.err.split(separator: "\n").count == 1, "\(output.err)")
      let files = try place.files()
      #expect(files["victim"] == Data("mine".utf8))
      #expect(files["nowhere"] == nil)
      #expect(try place.files(in: "elsewhere").isEmpty)
      #expect(!files.keys.contains { $0.contains(".staging-") })
    }

    @Test func theFolderItselfMayBeALink() throws {
      try link("X", to: "elsewhere")
      #expect(try place.rollsim("sweep", "sweep.yaml", "--results", "X").status == 0)
      #expect(try place.files(in: "elsewhere").count == 6)
    }

    /// What a killed process left is no obstacle; a file that says something is.
    @Test func aFormerProbe() throws {
      try link("X/none", to: "victim")
      try FileManager.default.removeItem(at: place.url.appendingPathComponent("X/none"))
      try place.write("X/.write-probe", "\0")
      #expect(try place.rollsim("sweep", "sweep.yaml", "--results", "X").status == 0)
      try place.write("X/.write-probe", "mine")
      let output = try place.rollsim("sweep", "sweep.yaml", "--results", "X", "--force")
      #expect(output.status == 2)
      #expect(try place.files()["X/.write-probe"] == Data("mine".utf8))
    }
  }
}
