import Foundation
import Testing

/// Every import is an arrow that `Package.swift` declares, and a target imports only targets above it.
///
/// The build rejects an import that is not declared as well, but looks at no target that depends on
/// generated sources, as everything that imports `Catalogue` does.
@Suite struct ArrowTests {
  /// A target as `Package.swift` declares it.
  private struct Room {
    let name: String
    let folder: String
    let mayImport: Set<String>
  }

  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  @Test func everyImportIsDeclared() throws {
    let rooms = try Self.rooms()
    let names = Set(rooms.map(\.name))
    #expect(names.isSuperset(of: ["CGSL", "Worlds", "rollsim", "ExperimentsTests"]))
    for room in rooms {
      for (file, imports) in try Self.imports(in: room.folder) {
        let foreign = imports.intersection(names).subtracting(room.mayImport).sorted()
        #expect(foreign.isEmpty, "\(file) imports \(foreign), which \(room.name) does not declare")
      }
    }
  }

  @Test func aTargetImportsWhatStandsAboveIt() throws {
    let rooms = try Self.rooms()
    var above: Set<String> = []
    let names = Set(rooms.map(\.name))
    for room in rooms {
      let below = room.mayImport.intersection(names).subtracting(above).sorted()
      #expect(below.isEmpty, "\(room.name) declares \(below), which stand below it")
      above.insert(room.name)
    }
  }

  /// All targets, in their order.
  private static func rooms() throws -> [Room] {
    let text = try String(contentsOf: root.appendingPathComponent("Package.swift"), encoding: .utf8)
    let list = try #require(text.components(separatedBy: "\n  targets: [\n").last)
    let words = try NSRegularExpression(pattern: #"(?m)^    \.\w+\("#)
    let starts = words.matches(in: list, range: NSRange(list.startIndex..., in: list))
      .compactMap { Range($0.range, in: list)?.lowerBound }
    return try starts.indices.compactMap { index in
      let end = index + 1 < starts.count ? starts[index + 1] : list.endIndex
      let entry = String(list[starts[index]..<end])
      // A plugin serves the build, and what it runs stands below it.
      guard !entry.hasPrefix("    .plugin") else { return nil }
      let name = try #require(strings(#"name: "([\w-]+)""#, in: entry).first)
      let isTest = entry.hasPrefix("    .testTarget")
      let folder = strings(#"path: "([^"]+)""#, in: entry).first
      let dependencies = strings(#"dependencies: \[((?:[^\[\]]|\n)*)\]"#, in: entry).first ?? ""
      return Room(
        name: name, folder: folder ?? (isTest ? "Tests/" : "Sources/") + name,
        mayImport: Set(strings(#"(?<!: )"(\w+)""#, in: dependencies)))
    }
  }

  /// What each file of a folder imports.
  private static func imports(in folder: String) throws -> [(file: String, imports: Set<String>)] {
    let place = root.appendingPathComponent(folder)
    let files = try FileManager.default.subpathsOfDirectory(atPath: place.path)
    return try files.filter { $0.hasSuffix(".swift") }.sorted().map { file in
      let text = try String(contentsOf: place.appendingPathComponent(file), encoding: .utf8)
      return (
        "\(folder)/\(file)", Set(strings(#"(?m)^(?:@\w+ |public )?import (\w+)"#, in: text))
      )
    }
  }

  /// What the first group of a pattern matches, throughout a text.
  private static func strings(_ pattern: String, in text: String) -> [String] {
    guard let expression = try? NSRegularExpression(pattern: pattern) else {
      preconditionFailure("no pattern: \(pattern)")
    }
    return expression.matches(in: text, range: NSRange(text.startIndex..., in: text)).compactMap {
      Range($0.range(at: 1), in: text).map { String(text[$0]) }
    }
  }
}
