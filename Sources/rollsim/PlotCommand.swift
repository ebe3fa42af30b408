import ArgumentParser
import Pages

/// Draws the figures of results.
struct PlotCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plot", abstract: "Draw the figures of results as SVG, PNG or PDF.",
    discussion: """
      Draws figures/*.vl.json of each folder: SVG, and PNG of twice the size, or the 'formats' that a
      figure asks for. The same document gives the same bytes on every machine, whatever fonts it has.
      Draws always, a fifth of a second each, and writes what has changed; if a document is wrong,
      nothing is written. What draws is vl-convert in '.venv', which 'scripts/setup --figures' makes.

      Exit codes: 0 success, 2 the input is wrong, or there is nothing to draw with.

      Example: rollsim plot results/finality
      """)

  @Argument(
    help: ArgumentHelp("Folders of results.", valueName: "dir"), transform: FolderName.read)
  var folders: [String]

  @Flag(help: "Do not say what was drawn.")
  var quiet = false

  func run() throws {
    let pictures = try Pictures(of: folders)
    for drawn in try pictures.write(DrawingEnvironment(in: ExperimentPlace.folders)) {
      StandardError.say(
        "\(drawn.folder): \(drawn.count) pictures, \(drawn.changedCount) of them new or changed",
        unless: quiet)
    }
  }
}
