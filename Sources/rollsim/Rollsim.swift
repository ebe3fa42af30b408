import ArgumentParser
import Catalogue
import Foundation
import Pages
import Reporting
import Results
import RunStore
import Running

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
    var chosen: ParsableCommand.Type = self
    do {
      try MachineLimits.check()
      var command = try parseAsRoot()
      chosen = type(of: command)
      try command.run()
    } catch let error as MachineLimits.TooLow {
      fail("error: \(error.description)", code: 2)
    } catch let error as InvalidInput {
      fail(error.lines().map { "error: \($0)" }.joined(separator: "\n"), code: 2)
    } catch let error as ResultFolder.Failure {
      fail("error: \(error)", code: 2)
    } catch let error as StoreFailure {
      fail("error: \(error)", code: 2)
    } catch let error as RecordedExperiment.Unusable {
      fail(lines(of: error.description), code: 2)
    } catch let error as DrawingEnvironment.Failure {
      fail(lines(of: error.description), code: 2)
    } catch let error as StoredRuns.Missing {
      fail("error: \(error.description)", code: 2)
    } catch let error as Interrupted {
      fail("error: \(error.description)", code: 3)
    } catch let error as CheckFailed {
      fail("error: \(error.description)", code: 1)
    } catch let error as ValidationError where chosen != self {
      // With the usage of the command that refuses, not of all.
      let name = chosen.configuration.commandName ?? ""
      fail(
        "Error: \(error.message)\nUsage: \(usageString(for: chosen))\n"
          + "  See 'rollsim \(name) --help' for more information.", code: 2)
    } catch {
      let message = fullMessage(for: error)
      guard exitCode(for: error) == .success else { fail(message, code: 2) }
      if !message.isEmpty { print(message) }
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
