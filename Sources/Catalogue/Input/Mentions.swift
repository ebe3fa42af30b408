import Declarations
import Worlds

/// What one source has said so far, such as a file or all options of the command line.
///
/// Nothing is said twice, however it is spelt: of two values one would be ignored in silence.
public struct Mentions {
  private var all: [String: [(path: String, location: Location)]] = [:]

  /// A source that has said nothing.
  public init() {}

  /// Notes that a path is set at a place.
  ///
  /// - Returns: why it must not be set there; nil if nothing of the same meaning was set before.
  public mutating func repetition(of path: String, at location: Location) -> String? {
    let subject = Parameter.subject(of: path)
    guard let first = all[subject]?.first(where: { WorldShape.path($0.path, undoes: path) }) else {
      all[subject, default: []].append((path, location))
      return nil
    }
    let place = Self.place(of: first.location, seenFrom: location)
    return first.path == path
      ? "appears twice; first \(place)"
      : "replaces \(first.path) \(place); expected one of them"
  }

  private static func place(of first: Location, seenFrom other: Location) -> String {
    guard !first.file.hasPrefix("--") else { return "in \(first.file.excerpt())" }
    return first.line == other.line ? "at column \(first.column)" : "at line \(first.line)"
  }
}
