import Declarations
import Foundation
import Randomness
import Worlds

/// Ways in which a file goes wrong, drawn from a stream of the project so that each can be repeated.
enum Mutation: CaseIterable {
  case flippedByte
  case deletedLine
  case doubledLine
  case swappedLines
  case cut
  case otherValue
  case swappedValues
  case nested
  case aliased
  case indented
  case unicode
  case extremeSetting

  /// What stands in place of a value: extremes of numbers, other types, other texts.
  private static let values = [
    "", "~", "nan", ".nan", "inf", "-.inf", "-1", "-5 s", "0", "0 s", "0 B/s", "1e308",
    "1e308 MB/s",
    "1e-300 gas", "1e18 gas", "1e19 wei", "1e15", "99999999999999999999", "9223372036854775807",
    "18446744073709551616", "30 a", "1e9 d", "true", "no", "[]", "{}", "[1, 2, 3]", "{a: {b: 1}}",
    "[[1]]", "{lognormal: {mean: 1e18 s, cv: 1e18}}", "{gamma: {mean: 0 s, cv: 0}}",
    "{log: [1e-300, 1e18], points: 100}", "{linear: [0, 1], points: 1e15}", "'*'", "\"\\u0000\"",
    "*nowhere", "&here 1", "!!binary x", "none", "/dev/zero", "2025-12-03T21:00:00Z", "9999-12-31",
    "starknet", "ethereum-merge", "blobs", "100 %", "1_000", "0x10", "| \n  long", "<<",
  ]

  private static let characters = [
    "é", "\u{0301}", "\u{FEFF}", "\u{202E}", "😀", "\t", "\r", "\u{0}",
  ]

  /// Applies it to a text at a random place.
  func apply(to text: String, _ stream: inout RandomStream) -> String {
    func below(_ limit: Int) -> Int { Int(stream.nextWord() % UInt64(max(limit, 1))) }
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let line = below(lines.count)
    switch self {
    case .flippedByte:
      var bytes = Array(text.utf8)
      guard !bytes.isEmpty else { return text }
      bytes[below(bytes.count)] ^= 1 << UInt8(below(8))
      return String(decoding: bytes, as: UTF8.self)
    case .cut: return String(text.prefix(below(text.count)))
    case .deletedLine: lines.remove(at: line)
    case .doubledLine: lines.insert(lines[line], at: line)
    case .swappedLines: lines.swapAt(line, below(lines.count))
    case .otherValue:
      return Self.replacing(below, text) { _ in Self.values[below(Self.values.count)] }
    case .swappedValues:
      let values = text.matches(of: Self.value).map { String(text[$0.range]) }
      return Self.replacing(below, text) { _ in values[below(values.count)] }
    case .nested:
      let depth = below(1200)
      let (left, right) = below(2) == 0 ? ("[", "]") : ("{a: ", "}")
      return Self.replacing(below, text) {
        String(repeating: left, count: depth) + $0 + String(repeating: right, count: depth)
      }
    case .aliased:
      let count = below(30)
      return Self.replacing(below, text) {
        "[&v " + $0 + String(repeating: ", *v", count: count) + "]"
      }
    case .extremeSetting: lines.insert(Self.setting(below, besides: lines[line]), at: line)
    case .indented: lines[line] = String(repeating: " ", count: below(9)) + lines[line]
    case .unicode:
      let index = text.index(text.startIndex, offsetBy: below(text.count))
      return text[..<index] + Self.characters[below(Self.characters.count)] + text[index...]
    }
    return lines.joined(separator: "\n")
  }

  /// A line with any parameter at an extreme that is of its kind, as far in as its neighbour.
  private static func setting(_ below: (Int) -> Int, besides neighbour: String) -> String {
    let parameter = Parameter.all[below(Parameter.all.count)]
    let numbers = ["0", "1e-300", "0.5", "1", "3", "1000", "1e9", "1e15", "1e18"]
    let value =
      switch parameter.kind {
      case .quantity(let dimension), .distribution(let dimension):
        numbers[below(numbers.count)] + " " + dimension.units[below(dimension.units.count)].symbol
      case .word(let words): words[below(words.count)]
      case .trace, .history: "none"
      }
    return neighbour.prefix { $0 == " " } + "\(parameter.path): \(value)"
  }

  /// A scalar after a key, or in a list or mapping on one line.
  private static var value: Regex<Substring> { /[^\s\[\]{},:#][^\[\]{},:#\n]*/ }

  private static func replacing(
    _ below: (Int) -> Int, _ text: String, by replacement: (String) -> String
  ) -> String {
    let matches = text.matches(of: value)
    guard !matches.isEmpty else { return text }
    let range = matches[below(matches.count)].range
    return text.replacingCharacters(in: range, with: replacement(String(text[range])))
  }
}
