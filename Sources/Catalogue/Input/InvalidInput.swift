/// Where something stands in what a user wrote.
public struct Location: Hashable, Sendable {
  /// The file, or the option of the command line.
  public let file: String
  /// Line, from 1; 0 if the whole file is meant.
  public let line: Int
  /// Column, from 1; 0 if the whole line is meant.
  public let column: Int

  /// A place in a file.
  public init(file: String, line: Int = 0, column: Int = 0) {
    self.file = file
    self.line = line
    self.column = column
  }
}

/// Something wrong with what a user wrote.
public struct Problem: Hashable, Sendable, CustomStringConvertible {
  /// Where it stands.
  public let location: Location
  /// The full path of the key; empty if none is meant.
  public let path: String
  /// What was found and what was expected.
  public let message: String

  /// Describes a problem.
  public init(_ location: Location, path: String = "", _ message: String) {
    self.location = location
    self.path = path
    self.message = message
  }

  /// `file:line:column: path: message`, as editors and compilers write it.
  public var description: String {
    var text = location.file
    // An option is one short text: its name says where.
    if location.line > 0, !location.file.hasPrefix("--") {
      text += ":\(location.line):\(location.column)"
    }
    return text + ": " + (path.isEmpty ? "" : "\(path): ") + message
  }
}

/// What a user wrote cannot be used: every problem at once.
public struct InvalidInput: Error, CustomStringConvertible {
  /// The problems in order of appearance; at least one.
  public let problems: [Problem]

  /// Collects problems.
  public init(_ problems: [Problem]) { self.problems = problems }

  /// One line for each problem.
  public var description: String { problems.map(\.description).joined(separator: "\n") }
}

/// The name among `candidates` that is nearest to a name that does not exist, as advice.
public func advice(for name: String, among candidates: [String]) -> String {
  let ranked = candidates.map { ($0, editDistance(name, $0)) }.min { $0.1 < $1.1 }
  guard let (nearest, distance) = ranked, distance <= max(2, name.count / 3) else { return "" }
  return "; did you mean '\(nearest)'?"
}

/// How many letters must be inserted, deleted or replaced (Levenshtein 1966).
private func editDistance(_ first: String, _ second: String) -> Int {
  let second = Array(second.prefix(80))
  var row = Array(0...second.count)
  for (i, letter) in first.prefix(80).enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    for (j, other) in second.enumerated() {
      let replaced = diagonal + (letter == other ? 0 : 1)
      diagonal = row[j + 1]
      row[j + 1] = min(replaced, diagonal + 1, row[j] + 1)
    }
  }
  return row[second.count]
}
