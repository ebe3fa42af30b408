import ArgumentParser
import Catalogue
import Foundation
import Specifications

/// Writes a commented experiment to begin with.
struct NewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new", abstract: "Write a commented experiment to begin with.",
    discussion: """
      Writes NAME.yaml into the folder 'experiments' if there is one here, else into the current folder;
      never over a file. It runs as it is, in seconds; change what you like, and see 'rollsim check'.

      Exit codes: 0 success, 2 there is such a file, or it cannot be written.

      Example: rollsim new posting-age && rollsim sweep posting-age.yaml
      """)

  @Argument(help: "Its name and that of its results: letters, digits and hyphens.")
  var name: String

  func run() throws {
    var problems: [Problem] = []
    guard let name = try InputNode.parse(name, file: name).fileName(&problems), problems.isEmpty
    else { throw InvalidInput(problems) }
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: "experiments", isDirectory: &isFolder)
    let folder = exists && isFolder.boolValue ? "experiments/" : ""
    let path = "\(folder)\(name).yaml"
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL, 0o666)
    guard descriptor >= 0 else {
      let reason = errno == EEXIST ? "there is such a file" : String(cString: strerror(errno))
      throw InvalidInput([Problem(Location(file: path), "cannot write the file: \(reason)")])
    }
    let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    do {
      try file.write(contentsOf: Data(Self.template(name).utf8))
    } catch {
      unlink(path)
      throw InvalidInput([Problem(Location(file: path), "cannot write the file; is the disk full?")]
      )
    }
    print("wrote \(path)\n\nrollsim check \(path)\nrollsim sweep \(path)")
  }

  /// An experiment that says of each key what it is for.
  static func template(_ name: String) -> String {
    """
    # What varies, how often, and what is reported. Keys that are commented out show what else there is.
    experiment: \(name)
    question: How much does it cost to post sooner?

    # What all points have in common: a preset (see 'rollsim systems') and what differs from it (see
    # 'rollsim systems NAME'). Quantities have units; distributions such as
    # {lognormal: {mean: 3 s, cv: 0.5}} can stand for many of them.
    scenario:
      system: optimism-bedrock
      # settlement: ethereum-2025
      workload: {arrivals: {poisson: {rate: 10 /s}}}
      warmup: 30 min       # not measured; 'auto' has pilot runs find it
      horizon: 2 h

    # What varies: lists, or ranges with a number of points. The last one varies fastest.
    factors:
      - poster.max_age: [1 min, 5 min, 15 min]
      # - settlement.demand.volatility: {linear: [0, 0.6], points: 4}
      # - proposer.interval: {expression: 2 * poster.max_age}

    # How they are combined: grid, zip, one-at-a-time, {list: points.csv}, {sobol: {points: 64}} and others.
    # design: grid

    # Points that do not satisfy these are left out.
    # constraints: ["poster.max_age <= horizon / 4"]

    # Independent runs of each point. A rule stops when a measure is known well enough:
    # {min: 8, max: 200, until: {measure: cost_data_wei_per_tx, relative: 2 %}}
    replications: 4

    # All points share their random numbers unless 'common' is false, so that they differ by their
    # parameters alone.
    random: {seed: 1}

    # What is reported: names and patterns of 'rollsim measures'.
    measures: [cost_*, finality_posted_*, batch_*]

    # Other points are compared with this one, run by run, in differences.csv.
    # baseline: {poster.max_age: 5 min}

    # What is drawn: line, ladder, bar and others; without this key, what suits the design.
    figures:
      - {kind: line, name: cost, x: poster.max_age, y: cost_data_wei_per_tx, log: x}

    """
  }
}
