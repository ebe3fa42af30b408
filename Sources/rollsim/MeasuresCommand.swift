import ArgumentParser
import Catalogue
import Declarations
import Worlds

/// Prints the table of measures.
struct MeasuresCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "measures", abstract: "List every measure: name, unit, meaning.",
    discussion: """
      Prints a table of the measures whose names match a pattern: those of a rollup, then those of a
      service, which several rollups share. Where a scenario names its rollups, a name begins with
      whose it is: rollups.NAME.MEASURE, services.NAME.MEASURE.

      Example: rollsim measures 'finality_*'

      Exit codes: 0 success, 2 the input is wrong.
      """)

  @Argument(help: "A pattern such as 'finality_*'; default: all.")
  var pattern = "*"

  func run() throws {
    let ofRollups = Measure.all.filter { $0.matches(pattern) }
    let ofServices = Self.ofServices.filter { $0.matches(pattern) }
    guard !ofRollups.isEmpty || !ofServices.isEmpty else {
      throw InvalidInput([Problem(Location(file: pattern), "no measure matches\(suggestion)")])
    }
    if !ofRollups.isEmpty { print(Self.table(ofRollups, "measure")) }
    if !ofServices.isEmpty { print(Self.table(ofServices, "measure of a service")) }
  }

  /// What was probably meant; no scenario says which rollups there are, so names are those without one.
  private var suggestion: String {
    if let name = pattern.split(separator: ".").last, pattern.contains(".") {
      return "; expected a name without what it is of, such as '\(name)'"
    }
    return advice(for: pattern, among: (Measure.all + Self.ofServices).map(\.name))
  }

  private static let ofServices = WorldShape(rollups: [], services: ["name"]).measures

  private static func table(_ measures: [Measure], _ title: String) -> String {
    var table = TextTable([title, "unit", "meaning"])
    for measure in measures { table.append([measure.name, measure.unit, measure.meaning]) }
    return table.text
  }
}
