import ArgumentParser
import Catalogue
import Declarations
import Worlds

/// Prints the table of measures.
struct MeasuresCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "measures", abstract: "List every measure: name, unit, meaning.",
    discussion: """
      Prints a table of the measures whose names match a pattern.

      Example: rollsim measures 'finality_*'

      Exit codes: 0 success, 2 the input is wrong.
      """)

  @Argument(help: "A pattern such as 'finality_*'; default: all.")
  var pattern = "*"

  func run() throws {
    guard Measure.all.contains(where: { $0.matches(pattern) }) else {
      let nearest = advice(for: pattern, among: Measure.all.map(\.name))
      throw InvalidInput([Problem(Location(file: pattern), "no measure matches\(nearest)")])
    }
    var table = TextTable(["measure", "unit", "meaning"])
    for measure in Measure.all where measure.matches(pattern) {
      table.append([measure.name, measure.unit, measure.meaning])
    }
    print(table.text)
  }
}
