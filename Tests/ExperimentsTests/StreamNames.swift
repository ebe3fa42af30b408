import Declarations
import Foundation
import Testing
import Worlds

/// The names of all streams that the program opens, read off its sources.
///
/// A name that is put together while the program runs is listed here with all that it can be; one
/// that is not listed is a failure, so that none can be forgotten.
enum StreamNames {
  /// What a name's expression can be.
  private static func values(of expression: String, in text: String) -> [String]? {
    switch expression {
    case #""settlement.\(name)""#:
      matches(#"[^.\w]stream\("([a-z_.]+)"\)"#, in: text).map { "settlement." + $0 }
    case #""unknown.\(parameter.path)""#: Parameter.all.map { "unknown." + $0.path }
    case #""neighbours.policies.\(name).\(rollup)""#:
      (0..<3).flatMap { number in (0..<100).map { "neighbours.policies.\(number).\($0)" } }
    case #""\(name).congestion""#:
      ["settlement.demand.congestion", "settlement.blob_demand.congestion"]
    // All queues of one plan share these.
    case #""queue.\(purpose)""#: ["queue.arrivals", "queue.services"]
    // Handed on: `IncidentProcess` takes the name that its maker says, which is found there.
    case "name": []
    case let literal where literal.hasPrefix("\"") && !literal.contains("\\"):
      [String(literal.dropFirst().dropLast())]
    default: nil
    }
  }

  /// All names, each as often as the sources open it, in the order of files.
  static func all() throws -> [String] {
    var names: [String] = []
    var opened = 0
    // A source of streams puts the name of a rollup before the names that its parts say.
    for (file, text) in try sources() where file != "StreamSource.swift" {
      for expression in matches(#"streams\.stream\(("[^"]*")\)"#, in: text) {
        guard let known = values(of: expression, in: text) else {
          Issue.record("\(file) opens a stream called \(expression): say here what that can be")
          continue
        }
        opened += 1
        names += known + known.map { "rollups.a." + $0 }
      }
      let calls = matches(
        #"(?:RandomStream|IncidentProcess)\((?:[^()]|\([^()]*\))*?name: ("[^"]*"|\w+)\)"#, in: text)
      opened += calls.count
      for expression in calls {
        let values = values(of: expression, in: text)
        if values == nil {
          Issue.record("\(file) opens a stream called \(expression): say here what that can be")
        }
        names += values ?? []
      }
      // Whatever the pattern does not understand must not be overlooked; a copy opens no new name.
      let mentions = matches(#"[ (](RandomStream|IncidentProcess)\((?!copying:)"#, in: text).count
      #expect(calls.count == mentions, "\(file) opens streams in a way that this test cannot read")
    }
    #expect(opened > 20)
    return names
  }

  private static func sources() throws -> [(file: String, text: String)] {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Sources").standardizedFileURL
    let files = try #require(
      FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil))
    let paths = files.compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
    return try paths.sorted { $0.path < $1.path }.map {
      ($0.lastPathComponent, try String(contentsOf: $0, encoding: .utf8))
    }
  }

  /// What the first group of a pattern matches, throughout a text.
  private static func matches(_ pattern: String, in text: String) -> [String] {
    guard let expression = try? NSRegularExpression(pattern: pattern) else {
      preconditionFailure("no pattern: \(pattern)")
    }
    let whole = NSRange(text.startIndex..., in: text)
    return expression.matches(in: text, range: whole).compactMap { match in
      Range(match.range(at: 1), in: text).map { String(text[$0]) }
    }
  }
}
