import Catalogue

/// Where the keys of a specification stand, so that what is wrong with several points to them.
public struct KeyPlaces: Hashable, Sendable {
  private var locations: [String: Location] = [:]

  /// No keys: of a specification that a program made.
  public init() {}

  /// Notes where the value of a key stands, by the words that lead there, joined by dots.
  mutating func note(_ path: String, _ node: InputNode) { locations[path] = node.location }

  /// Where a key stands, or the one that it would stand in; nil if there is none.
  func location(of path: String) -> Location? {
    var words = path.split(separator: ".")[...]
    while !words.isEmpty {
      if let location = locations[words.joined(separator: ".")] { return location }
      words.removeLast()
    }
    return nil
  }
}

extension ExperimentSpec {
  /// A problem with a key, at its place if it has one.
  public func problem(_ path: String, _ message: String) -> Problem {
    Problem(places.location(of: path) ?? request.source, path: path, message)
  }
}
