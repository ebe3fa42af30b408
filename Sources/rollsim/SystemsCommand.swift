import ArgumentParser
import Catalogue
import Declarations
import Specifications
import Worlds

/// Prints the catalogue.
struct SystemsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "systems", abstract: "List the presets, or every parameter of one of them.",
    discussion: """
      Without a name: the systems and settlement chains. With one: each parameter with its value,
      how well it is known, its date and its source (codes: calibration page of the handbook).

      Flags: measured, documented, derived, estimated; assumed: chosen for the base case;
      unknown: looked for and not found, a range from which each replication draws.

      Example: rollsim systems arbitrum-nitro

      Exit codes: 0 success, 2 the input is wrong.
      """)

  /// How the catalogue is printed.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case table
    case csv
  }

  @Argument(help: "A system or settlement chain.")
  var name: String?

  @Option(help: "table or csv.")
  var format = Format.table

  func run() throws {
    guard let name else {
      printCatalogue()
      return
    }
    let catalogue = Catalogue.builtIn
    let location = Location(file: name)
    var request = ScenarioRequest(source: location)
    if catalogue.preset(.chain, named: name) != nil {
      request.chain = .init(name, location)
    } else {
      request.system = .init(name, location)
    }
    try printParameters(catalogue.layered(request), ofChain: request.system == nil)
  }

  private func printCatalogue() {
    let catalogue = Catalogue.builtIn
    if format == .csv {
      var table = TextTable(["kind", "name", "title", "settlement"])
      for preset in catalogue.presets {
        table.append([preset.kind.rawValue, preset.name, preset.title, preset.chain ?? ""])
      }
      print(table.csv)
      return
    }
    for (kind, title) in [(Preset.Kind.system, "system"), (.chain, "settlement chain")] {
      var table = TextTable([title, "", ""])
      for name in catalogue.names(kind) {
        guard let preset = catalogue.preset(kind, named: name) else { continue }
        table.append([name, preset.title, preset.chain.map { "on \($0)" } ?? ""])
      }
      print(table.text + "\n")
    }
    print("'rollsim systems NAME' shows every parameter with its source.")
  }

  private func printParameters(_ resolved: ResolvedScenario, ofChain: Bool) {
    let header = ["parameter", "value", "flag", "date", "source", "note"]
    var table = TextTable(header)
    for (index, parameter) in Parameter.all.enumerated() {
      let provenance = resolved.provenance[index]
      guard resolved.isUsed(parameter), !ofChain || parameter.path.hasPrefix("settlement.") else {
        continue
      }
      let isBaseCase = provenance.origin == "base case"
      table.append([
        parameter.path, resolved.valueText(index), provenance.flag.rawValue, provenance.date,
        provenance.source, isBaseCase ? "base case" : provenance.note,
      ])
    }
    print(format == .csv ? table.csv : table.text)
  }
}
