import Catalogue
import Foundation
import Testing

/// Files that cannot be read say why.
@Suite struct FileProblemTests {
  private func problems(of content: Data) throws -> [String] {
    try Reading.inFolder { folder in
      let file = folder.appendingPathComponent("a.yaml")
      try content.write(to: file)
      return Reading.problems(inFile: file)
    }
  }

  @Test func aMissingFile() throws {
    try Reading.inFolder { folder in
      let file = folder.appendingPathComponent("none.yaml")
      #expect(
        Reading.problems(inFile: file)
          == ["none.yaml: cannot read the file: No such file or directory"])
    }
  }

  @Test func aFolder() throws {
    try Reading.inFolder { folder in
      #expect(
        Reading.problems(inFile: folder)
          == ["\(folder.lastPathComponent): cannot read the file; is it a folder?"])
    }
  }

  @Test func aFileThatIsTooLarge() throws {
    let line = Data("horizon: 3 h\n#".utf8)
    let filled = line + Data(repeating: UInt8(ascii: "x"), count: 1_000_000 - line.count)
    #expect(try problems(of: filled) == [])
    #expect(
      try problems(of: filled + [UInt8(ascii: "x")]) == [
        "a.yaml: the file is larger than 1000000 bytes; expected a scenario or experiment"
      ])
  }

  @Test func anEndlessFile() {
    let problems = Reading.problems(inFile: URL(fileURLWithPath: "/dev/zero"))
    #expect(
      problems == ["zero: the file is larger than 1000000 bytes; expected a scenario or experiment"]
    )
  }

  @Test func bytesThatAreNoText() throws {
    #expect(try problems(of: Data([0xFF, 0xFE, 0x00])) == ["a.yaml: the file is not UTF-8 text"])
  }
}
