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

  /// `file:line:column: path: message` on one line, as editors and compilers write it.
  public var description: String {
    var text = location.file
    // An option is one short text: its name says where.
    if location.line > 0, !location.file.hasPrefix("--") {
      text += ":\(location.line):\(location.column)"
    }
    text += ": " + (path.isEmpty ? "" : "\(path.excerpt(of: 200)): ") + message
    return text.excerpt(of: 2000)
  }
}

extension [Problem] {
  /// Whether there are so many that readers stop: a hostile file has a hundred thousand.
  public var isFull: Bool { count >= 200 }
}

/// What a user wrote cannot be used: every problem at once.
public struct InvalidInput: Error, CustomStringConvertible {
  /// The problems in order of appearance; at least one.
  public let problems: [Problem]

  /// Collects problems.
  public init(_ problems: [Problem]) { self.problems = problems }

  /// One line for each problem.
  public var description: String { problems.map(\.description).joined(separator: "\n") }

  /// A line for each of the first problems, and one that says how many more there are.
  public func lines(upTo limit: Int = 50) -> [String] {
    let first = problems.prefix(limit).map(\.description)
    let rest = problems.count - first.count
    guard rest > 0 else { return first }
    return first + ["and \(problems.isFull ? "at least " : "")\(rest) more"]
  }
}

extension String {
  /// The beginning of the text on one line, for messages.
  public func excerpt(of length: Int = 60) -> String {
    var excerpt = String.UnicodeScalarView()
    for scalar in unicodeScalars.prefix(length) {
      // A line break or an escape sequence would spoil the terminal.
      let isControl = scalar.properties.generalCategory == .control
      excerpt.append(isControl ? "\u{FFFD}" : scalar)
    }
    return String(excerpt)
  }
}

/// The name among `candidates` that is nearest to a name that does not exist, as advice.
public func advice(for name: String, among candidates: [String]) -> String {
  let letters = Array(name.utf8.prefix(101))
  guard (1...100).contains(letters.count) else { return "" }
  var least = max(2, letters.count / 3) + 1
  var nearest = ""
  for candidate in candidates where abs(candidate.utf8.count - letters.count) < least {
    if let distance = editDistance(letters, Array(candidate.utf8), below: least) {
      (least, nearest) = (distance, candidate)
    }
  }
  return nearest.isEmpty ? "" : "; did you mean '\(nearest)'?"
}

/// How many letters must be inserted, deleted or replaced (Levenshtein 1966); nil from `limit` on.
private func editDistance(_ first: [UInt8], _ second: [UInt8], below limit: Int) -> Int? {
  var row = Array(0...second.count)
  for (i, letter) in first.enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    var least = row[0]
    for (j, other) in second.enumerated() {
      let replaced = diagonal + (letter == other ? 0 : 1)
      diagonal = row[j + 1]
      row[j + 1] = min(replaced, diagonal + 1, row[j] + 1)
      least = min(least, row[j + 1])
    }
    // It never falls again.
    guard least < limit else { return nil }
  }
  return row[second.count] < limit ? row[second.count] : nil
}
