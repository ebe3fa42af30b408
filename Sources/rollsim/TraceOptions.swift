import ArgumentParser
import Catalogue
import EventKernel
import Tracing
import Worlds

/// The options that say what of a run is recorded.
struct TraceOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Record from this time of the run on; default: its start.", valueName: "duration"))
  var from: String?

  @Option(
    help: ArgumentHelp(
      "Record, and run, until this time of the run; default: its end.", valueName: "duration"))
  var until: String?

  @Option(
    help: ArgumentHelp(
      "Follow the first transaction of so many blocks of each batch.", valueName: "blocks"))
  var follow = 1

  @Option(
    help: ArgumentHelp(
      "Refuse a trace of more entries; each takes some 500 B of memory, and 400 to 1100 B of the file.",
      valueName: "entries"))
  var limit = 1_000_000

  func validate() throws {
    guard (0...1000).contains(follow) else {
      throw ValidationError("--follow: expected from 0 to 1000 blocks; found \(follow)")
    }
    guard (1...100_000_000).contains(limit) else {
      throw ValidationError("--limit: expected from 1 to 100,000,000 entries; found \(limit)")
    }
  }

  /// As the recorder takes them.
  ///
  /// - Throws: `InvalidInput` if a time is none, or the window is empty.
  func recording() throws -> Trace.Options {
    var options = Trace.Options()
    let begin = try Self.time(from, "--from") ?? options.window.lowerBound
    let end = try Self.time(until, "--until") ?? options.window.upperBound
    guard begin < end else {
      throw ValidationError(
        "--from: expected a time before that of --until; found '\(from ?? "")' and '\(until ?? "")'"
      )
    }
    options.window = begin...end
    options.followed = follow
    options.limit = limit
    return options
  }

  private static func time(_ text: String?, _ option: String) throws(InvalidInput) -> SimTime? {
    guard let text else { return nil }
    let node = try InputNode.parse(text, file: option)
    var problems: [Problem] = []
    guard let seconds = node.quantity(.duration, &problems),
      let time = SimDuration(seconds: seconds)
    else { throw InvalidInput(problems) }
    return .start + time
  }
}
