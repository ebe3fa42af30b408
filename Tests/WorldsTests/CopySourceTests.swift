import Foundation
import Testing

/// Whoever adds a stored property to what is copied in the middle of a run finds out here.
///
/// The compiler does not see a property with a default value that a copy forgets, and a copy that
/// draws the same shows it only where the property has changed. So the sources are read: every
/// `init(copying other: borrowing X)` and `copy(drawing draws: Draws) -> X` must name each stored property
/// of X.
@Suite struct CopySourceTests {
  private static let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Sources")

  /// A stream makes its memory anew, and a simulation is copied apart from its declaration.
  private static let others: Set = ["RandomStream", "Simulation"]

  /// An initialiser that copies, by lines.
  private struct Copy {
    let type: String
    let folder: String
    let body: [String]
  }

  /// The text of each Swift file, by its path.
  private static func files() throws -> [(path: String, lines: [String])] {
    let paths = try FileManager.default.subpathsOfDirectory(atPath: sources.path)
    return try paths.filter { $0.hasSuffix(".swift") }.sorted().map { path in
      let text = try String(contentsOf: sources.appendingPathComponent(path), encoding: .utf8)
      return (path, text.components(separatedBy: "\n"))
    }
  }

  /// The first group of each line that matches.
  private static func matches(_ pattern: String, in lines: [String]) throws -> [String] {
    let expression = try NSRegularExpression(pattern: pattern)
    return lines.compactMap { line in
      expression.firstMatch(in: line, range: NSRange(line.startIndex..., in: line))
        .flatMap { Range($0.range(at: 1), in: line) }.map { String(line[$0]) }
    }
  }

  /// The first group of all matches in some lines.
  private static func all(_ pattern: String, in lines: [String]) throws -> [String] {
    let expression = try NSRegularExpression(pattern: pattern)
    return lines.flatMap { line in
      expression.matches(in: line, range: NSRange(line.startIndex..., in: line))
        .compactMap { Range($0.range(at: 1), in: line) }.map { String(line[$0]) }
    }
  }

  /// The lines from one on until one has `end` alone.
  private static func block(_ lines: ArraySlice<String>, end: String) -> [String] {
    Array(lines.prefix { $0 != end })
  }

  /// The initialisers that copy, and the methods that call an initialiser of all properties.
  private static func copies() throws -> [Copy] {
    try files().flatMap { path, lines in
      try lines.indices.compactMap { start in
        let line = [lines[start]]
        let isLong = lines[start].hasSuffix("{")
        let type = try matches(#"init\(copying other: borrowing (\w+)"#, in: line).first
        let made = try matches(#"func copy\(drawing draws: Draws\) -> (\w+) \{$"#, in: line).first
        guard isLong, let type = type ?? made else { return nil }
        let body = block(lines[start...], end: "  }")
        // A method that hands on to the initialiser.
        if body.contains(where: { $0.hasPrefix("    \(type)(copying: self") }) { return nil }
        let folder = path.split(separator: "/").prefix(1).joined()
        return Copy(type: type, folder: folder, body: body)
      }
    }
  }

  /// The stored properties of a struct: declarations in its body that have no accessors.
  static func stored(_ type: String, in lines: [String]) throws -> [String]? {
    let start = try lines.firstIndex {
      try !matches(
        #"^(?:public |package )?(?:final )?((?:struct|class) \#(type))\b(?! *\.)"#, in: [$0]
      ).isEmpty
    }
    guard let start else { return nil }
    let access = #"(?:(?:public|package|internal|private|fileprivate)(?:\(set\))? )*"#
    let body = block(lines[start...], end: "}").filter {
      guard let brace = $0.firstIndex(of: "{") else { return true }
      return $0[..<brace].contains(" = ")
    }
    return try matches(#"^  (?:@\w+ )*"# + access + #"(?:let|var) (\w+)"#, in: body)
  }

  @Test func everyStoredPropertyIsCopied() throws {
    let copies = try Self.copies()
    let types = Set(copies.map(\.type))
    let known: Set = ["World", "Journey", "SettlementChain", "Sequencer", "Scheduler"]
    #expect(types.isSuperset(of: known))
    let files = try Self.files()
    for copy in copies where !Self.others.contains(copy.type) {
      let properties = try files.filter { $0.path.hasPrefix(copy.folder + "/") }
        .compactMap { try Self.stored(copy.type, in: $0.lines) }
      #expect(properties.count == 1, "\(copy.type) is declared \(properties.count) times")
      let names = try #require(properties.first)
      #expect(!names.isEmpty, "\(copy.type) has no stored property")
      let set = Set(try Self.all(#"(?:^    |[ (])(\w+)(?: = |: )"#, in: copy.body))
      let forgotten = names.filter { !set.contains($0) }
      #expect(forgotten.isEmpty, "a copy of \(copy.type) forgets \(forgotten)")
    }
  }

  /// What the sources are read for.
  @Test func storedPropertiesAreFound() throws {
    let text = """
      public struct Part: ~Copyable {
        /// A comment on var nothing.
        let policy: Policy
        public private(set) var count = 0
        private var make: () -> Int = { 1 }
        var isEmpty: Bool { count == 0 }
        static let most = 3
        public var longer: Int {
          let inner = 2
          return inner
        }
        @usableFromInline var last = 0
        public internal(set) var shown = 0
      }
      """
    let lines = text.components(separatedBy: "\n")
    #expect(try Self.stored("Part", in: lines) == ["policy", "count", "make", "last", "shown"])
    #expect(try Self.stored("Par", in: lines) == nil)
  }
}
