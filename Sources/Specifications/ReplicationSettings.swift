import Catalogue

/// What the command line says of the replications of an experiment, written like a setting so that a
/// manifest records it and a verification repeats it.
extension ExperimentSpec {
  /// The key of the seed.
  public static let seedSetting = "random.seed"
  /// The key of the number of replications.
  public static let replicationSetting = "replications"

  /// Takes those of `settings` that say how the experiment is replicated.
  ///
  /// - Returns: the others, which change parameters.
  mutating func takeReplication(from settings: [String]) throws(InvalidInput) -> [String] {
    var others: [String] = []
    var problems: [Problem] = []
    for setting in settings {
      let parts = setting.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let text = parts.count == 2 ? String(parts[1]) : ""
      switch String(parts[0]) {
      case Self.seedSetting:
        guard let number = UInt64(text) else {
          problems.append(
            Problem(Location(file: "--seed \(text)"), "expected a whole number below 2^64"))
          continue
        }
        seed = number
      case Self.replicationSetting: setReplications(text, &problems)
      default: others.append(setting)
      }
    }
    guard problems.isEmpty else { throw InvalidInput(problems) }
    return others
  }

  private mutating func setReplications(_ text: String, _ problems: inout [Problem]) {
    let location = Location(file: "--replications \(text)")
    guard let count = Int(text), (1...1_000_000).contains(count) else {
      problems.append(Problem(location, "expected a whole number from 1 to 1,000,000"))
      return
    }
    guard stopping == nil else {
      let message = "a rule says how many there are; change 'replications' of the experiment"
      problems.append(Problem(location, message))
      return
    }
    replications = count
  }
}
