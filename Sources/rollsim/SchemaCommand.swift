import ArgumentParser
import Catalogue
import Specifications

/// Prints what editors need to complete and check files.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "Print the JSON Schema of what can be written, for editors.",
    discussion: """
      Example: save it, and begin a file with a line that names it:
      rollsim schema > rollsim.schema.json
      # yaml-language-server: $schema=rollsim.schema.json

      Editors with the YAML language server then complete keys, show what each means, and mark what
      is unknown. Whether values fit together 'rollsim check' alone knows.

      Exit codes: 0 success, 2 the input is wrong.
      """)

  /// What a schema describes.
  enum Kind: String, CaseIterable, ExpressibleByArgument {
    case scenario
    case experiment
    case preset
  }

  @Argument(help: "scenario, experiment or preset; default: all of them, told apart by their keys.")
  var kind: Kind?

  func run() {
    let document =
      switch kind {
      case .scenario: InputSchema.scenario()
      case .experiment: InputSchema.experiment()
      case .preset: InputSchema.preset
      case nil: InputSchema.anything()
      }
    print(document.json(title: "rollsim \(kind?.rawValue ?? "file")").text, terminator: "")
  }
}
