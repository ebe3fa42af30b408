import Foundation
import Testing

/// A specification that stands somewhere in this repository.
struct Document: CustomTestStringConvertible {
  /// The file, and for an example in a text the line before it.
  let name: String
  let yaml: String

  var testDescription: String { name }

  /// What it is, by its keys.
  var kind: String {
    let keys = yaml.split(separator: "\n").compactMap { $0.split(separator: ":").first }
    if keys.contains("experiment") { return "experiment" }
    return keys.contains("parameters") ? "preset" : "scenario"
  }

  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Every experiment, every preset and every example of the handbook and the README.
  static let all: [Document] =
    files(in: "experiments", "yaml").map(whole)
    + files(in: "Sources/Catalogue/Presets", "yaml").map(whole)
    + (files(in: "Sources/Handbook", "md") + ["README.md"]).flatMap(examples)

  private static func files(in folder: String, _ ending: String) -> [String] {
    let names = try? FileManager.default.subpathsOfDirectory(
      atPath: root.appendingPathComponent(folder).path)
    return (names ?? []).filter { $0.hasSuffix("." + ending) }.sorted().map { "\(folder)/\($0)" }
  }

  private static func text(of file: String) -> String {
    (try? String(contentsOf: root.appendingPathComponent(file), encoding: .utf8)) ?? ""
  }

  private static func whole(_ file: String) -> Document {
    Document(name: file, yaml: text(of: file))
  }

  private static func examples(in file: String) -> [Document] {
    var documents: [Document] = []
    var block: [Substring]?
    let lines = text(of: file).split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      if line == "```yaml" {
        block = []
      } else if line == "```", let lines = block {
        let name = "\(file):\(index + 1 - lines.count)"
        documents.append(Document(name: name, yaml: lines.joined(separator: "\n") + "\n"))
        block = nil
      } else {
        block?.append(line)
      }
    }
    return documents
  }
}
