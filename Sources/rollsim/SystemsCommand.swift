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
      how well it is known, its date and its source (codes: calibration page of the handbook). With a
      file: the same of its scenario; of several rollups first what each is.

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

  @Argument(help: "A system or settlement chain, or the YAML file of a preset or scenario.")
  var name: String?

  @Option(help: "table or csv.")
  var format = Format.table

  func run() throws {
    guard let name else {
      printCatalogue()
      return
    }
    let catalogue = Catalogue.builtIn
    let request = try request(name)
    let resolved = try catalogue.layered(request)
    let isChain = catalogue.preset(.chain, named: name) != nil
    if format == .table, resolved.scenario.rollups.count > 1 {
      print(RollupList(resolved).text + "\n")
    }
    printParameters(resolved, ofChain: isChain)
  }

  /// What a name means: a preset of a chain, of a system, or a scenario in a file.
  private func request(_ name: String) throws(InvalidInput) -> ScenarioRequest {
    let location = Location(file: name)
    var request = ScenarioRequest(source: location)
    if Catalogue.builtIn.preset(.chain, named: name) != nil {
      request.chain = .init(name, location)
      return request
    }
    if InputFiles.isFile(name) {
      switch FileContent(try .load(name)) {
      case .scenario, .experiment: return try InputFiles.scenario(name)
      case .preset, .unknown: break
      }
    }
    request.system = .init(name, location)
    return request
  }

  private func printCatalogue() {
    let catalogue = Catalogue.builtIn
    if format == .csv {
      var table = TextTable(["kind", "name", "title", "period", "settlement"])
      for preset in catalogue.presets {
        table.append([
          preset.kind.rawValue, preset.name, preset.title, preset.period, preset.chain ?? "",
        ])
      }
      print(table.csv)
      return
    }
    for (kind, title) in [(Preset.Kind.system, "system"), (.chain, "settlement chain")] {
      var table = TextTable([title, "", "", ""])
      for name in catalogue.names(kind) {
        guard let preset = catalogue.preset(kind, named: name) else { continue }
        let chain = preset.chain.map { "on \($0)" } ?? ""
        table.append([name, preset.title, preset.period, chain])
      }
      print(table.text + "\n")
    }
    print("'rollsim systems NAME' shows every parameter with its source.")
  }

  private func printParameters(_ resolved: ResolvedScenario, ofChain: Bool) {
    let header = ["parameter", "value", "flag", "date", "source", "note"]
    var table = TextTable(header)
    for (index, parameter) in resolved.shape.parameters.enumerated() {
      let provenance = resolved.provenance(at: index)
      guard resolved.isUsed(at: index), !ofChain || parameter.path.hasPrefix("settlement.") else {
        continue
      }
      let isBaseCase = provenance.origin == "base case"
      table.append([
        parameter.path, value(index, of: resolved), provenance.flag.rawValue, provenance.date,
        provenance.source, isBaseCase ? "base case" : provenance.note,
      ])
    }
    print(format == .csv ? table.csv : table.text)
  }

  /// The value as a scenario writes it; what pilot runs are to find has none yet.
  private func value(_ index: Int, of resolved: ResolvedScenario) -> String {
    resolved.isAutomatic(at: index) ? ScenarioRequest.automatic : resolved.valueText(index)
  }
}
