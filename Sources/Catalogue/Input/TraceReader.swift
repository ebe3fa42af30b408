import Digest
import EventKernel
import Foundation
import Settlement

/// Reads a trace of demand: CSV with the columns `time_s` and `factor`.
struct TraceReader {
  private static let sizeLimit = 20_000_000
  private static let header = "time_s,factor"
  private static let largestFactor = 1000.0

  private let file: String
  private(set) var problems: [Problem] = []

  /// Reads the trace that `node` names, or adds to `problems` why there is none.
  ///
  /// A relative path begins at the folder of the file in which it is written.
  static func read(_ node: InputNode, _ problems: inout [Problem]) -> DemandTrace? {
    guard let text = node.text, !text.isEmpty else {
      problems.append(node.problem("expected the path of a CSV file, or none"))
      return nil
    }
    guard text != "none" else { return DemandTrace.none }
    // The folder of the file with its slash; an option of the command line has none.
    let slash = node.file.hasPrefix("--") ? nil : node.file.lastIndex(of: "/")
    let folder = slash.map { node.file[...$0] } ?? ""
    let path = text.hasPrefix("/") ? text : folder + text
    guard !InputNode.isPipe(path), let data = try? InputNode.bytes(of: path, upTo: sizeLimit) else {
      problems.append(node.problem("cannot read the trace '\(text)'"))
      return nil
    }
    guard data.count <= sizeLimit else {
      problems.append(node.problem("the trace '\(text)' is larger than \(sizeLimit) bytes"))
      return nil
    }
    var reader = TraceReader(file: text)
    // Spreadsheets begin a text with a byte-order mark.
    let hasMark = data.starts(with: Array("\u{FEFF}".utf8))
    let steps = reader.steps(String(decoding: data.dropFirst(hasMark ? 3 : 0), as: UTF8.self))
    problems += reader.problems
    guard reader.problems.isEmpty else { return nil }
    let digest = SHA256.hexadecimal(of: data).prefix(16)
    return DemandTrace(
      name: "\(URL(fileURLWithPath: path).lastPathComponent) sha256:\(digest)", steps: steps)
  }

  private init(file: String) { self.file = file }

  private mutating func steps(_ text: String) -> [DemandTrace.Step] {
    let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
    guard lines.first.map(String.init) == Self.header else {
      report(1, "expected the header '\(Self.header)'")
      return []
    }
    var steps: [DemandTrace.Step] = []
    for (index, line) in lines.enumerated().dropFirst() where !line.isEmpty {
      guard let step = step(line, index + 1) else { continue }
      if let last = steps.last, step.time <= last.time {
        report(index + 1, "expected a time after that of the row before")
      } else {
        steps.append(step)
      }
    }
    if steps.isEmpty, problems.isEmpty { report(2, "expected at least one row") }
    return steps
  }

  private mutating func step(_ line: Substring, _ number: Int) -> DemandTrace.Step? {
    let cells = line.split(separator: ",", omittingEmptySubsequences: false)
    guard cells.count == 2, let seconds = Double(cells[0]), let factor = Double(cells[1]) else {
      report(number, "expected two numbers; found '\(String(line).excerpt())'")
      return nil
    }
    guard seconds >= 0, let time = SimDuration(seconds: seconds) else {
      report(number, "expected a time from 0 s to 292 years; found '\(String(cells[0]).excerpt())'")
      return nil
    }
    guard (0...Self.largestFactor).contains(factor) else {
      report(number, "expected a factor from 0 to 1000; found '\(String(cells[1]).excerpt())'")
      return nil
    }
    return DemandTrace.Step(time: time, factor: factor)
  }

  /// Ten problems are enough to see what is wrong with a file.
  private mutating func report(_ line: Int, _ message: String) {
    guard problems.count < 10 else { return }
    problems.append(Problem(Location(file: file, line: line, column: 1), message))
  }
}
