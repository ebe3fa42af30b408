import Catalogue

/// What a file is meant to hold, by its keys.
public enum FileContent: Sendable {
  /// It has the key `experiment`.
  case experiment
  /// It has the key `parameters`.
  case preset
  /// It has a key that only scenarios have.
  case scenario
  /// It has none of these.
  case unknown

  /// Looks at the keys of a file.
  public init(_ node: InputNode) {
    let keys = (node.members ?? []).compactMap(\.key.text)
    if keys.contains("experiment") {
      self = .experiment
    } else if keys.contains("parameters") {
      self = .preset
    } else {
      let isScenario = !keys.isEmpty && keys.allSatisfy(ScenarioRequest.isKey)
      self = isScenario ? .scenario : .unknown
    }
  }
}
