import ArgumentParser
import Catalogue
import Foundation
import Pages
import Reporting
import Results
import RunStore
import Running
import Threads
import Worlds

/// The command line.
@main
struct Rollsim: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rollsim",
    abstract: "Simulates rollups: how final is fast, how much fits, what it costs.",
    discussion: """
      A scenario is a preset (see 'rollsim systems') or a YAML file with what differs from one. An
      experiment varies parameters of a scenario and writes CSV, a manifest and figures. The same
      specification and seed give the same bytes, on any number of threads.

      Exit codes: 0 success, 1 a check did not hold, 2 the input is wrong, 3 interrupted with work
      saved.
      """,
    version: Program.version,
    subcommands: [
      RunCommand.self, TraceCommand.self, ExperimentsCommand.self, NewCommand.self,
      SweepCommand.self,
      MergeCommand.self, VerifyCommand.self,
      AnalyseCommand.self,
      PlotCommand.self, ReportCommand.self,
      OptimiseCommand.self,
      SystemsCommand.self,
      MeasuresCommand.self,
      CheckCommand.self, SchemaCommand.self, ValidateCommand.self,
    ])

  /// Runs the command and turns errors into messages and exit codes.
  static func main() {
    Descriptor.openStandard()
    MachineLimits.ignoreSignals()
    do {
      try MachineLimits.check()
    } catch {
      fail("error: \(error.description)", code: 2)
    }
    let declarations = makeDeclarations()
    let failure = failureOfCommand()
    declarations?.join()
    if let failure { fail(failure.message, code: failure.code) }
  }

  /// Makes the parameters and measures of a world, which every command wants and which takes long, while
  /// the command line is read; nil where only help is wanted, or memory is short.
  private static func makeDeclarations() -> WorkerThread? {
    guard MachineLimits.haveRoomToSpare,
      let command = CommandLine.arguments.dropFirst().first, !command.hasPrefix("-")
    else { return nil }
    return WorkerThread { _ = WorldShape.single }
  }

  /// Runs the command that the arguments name.
  ///
  /// - Returns: why it could not do what it was to; nil if it did.
  private static func failureOfCommand() -> (message: String, code: Int32)? {
    var chosen: ParsableCommand.Type = self
    do {
      var command = try parseAsRoot()
      chosen = type(of: command)
      try command.run()
      return nil
    } catch let error as InvalidInput {
      return (error.lines().map { "error: \($0)" }.joined(separator: "\n"), 2)
    } catch let error as ResultFolder.Failure {
      return ("error: \(error)", 2)
    } catch let error as StoreFailure {
      return ("error: \(error)", 2)
    } catch let error as RecordedExperiment.Unusable {
      return (lines(of: error.description), 2)
    } catch let error as DrawingEnvironment.Failure {
      return (lines(of: error.description), 2)
    } catch let error as StoredRuns.Missing {
      return ("error: \(error.description)", 2)
    } catch let error as Interrupted {
      return ("error: \(error.description)", 3)
    } catch let error as CheckFailed {
      return ("error: \(error.description)", 1)
    } catch let error as ValidationError where chosen != self {
      // With the usage of the command that refuses, not of all.
      let name = chosen.configuration.commandName ?? ""
      return (
        "Error: \(error.message)\nUsage: \(usageString(for: chosen))\n"
          + "  See 'rollsim \(name) --help' for more information.", 2
      )
    } catch {
      let message = fullMessage(for: error)
      guard exitCode(for: error) == .success else { return (message, 2) }
      if !message.isEmpty { print(message) }
      return nil
    }
  }

  /// Each line of a description as an error.
  private static func lines(of description: String) -> String {
    description.split(separator: "\n").map { "error: \($0)" }.joined(separator: "\n")
  }

  private static func fail(_ message: String, code: Int32) -> Never {
    StandardError.say(message)
    Foundation.exit(code)
  }
}

/// Something that was to hold does not: exit code 1.
struct CheckFailed: Error {
  let description: String
}
