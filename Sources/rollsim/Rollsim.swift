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
      fail(Failure("error: \(error.description)", code: 2))
    }
    let declarations = makeDeclarations()
    let failure = failureOfCommand()
    declarations?.join()
    if let failure { fail(failure) }
  }

  /// Makes the parameters and measures of a world, which every command wants and which takes long, while
  /// the command line is read; nil where only help is wanted, or memory is short.
  private static func makeDeclarations() -> WorkerThread? {
    guard MachineLimits.haveRoomToSpare,
      let command = CommandLine.arguments.dropFirst().first, !command.hasPrefix("-")
    else { return nil }
    return WorkerThread { _ = WorldShape.single }
  }

  /// Runs the command that the arguments name; nil if it did what it was to.
  private static func failureOfCommand() -> Failure? {
    var chosen: ParsableCommand.Type = self
    do {
      var command = try parseAsRoot()
      chosen = type(of: command)
      try command.run()
      return nil
    } catch let error as InvalidInput {
      return Failure(error.lines().map { "error: \($0)" }.joined(separator: "\n"), code: 2)
    } catch let error as ResultFolder.Failure {
      return Failure("error: \(error)", code: 2)
    } catch let error as StoreFailure {
      return Failure("error: \(error)", code: 2)
    } catch let error as RecordedExperiment.Unusable {
      return Failure(lines(of: error.description), code: 2)
    } catch let error as DrawingEnvironment.Failure {
      return Failure(lines(of: error.description), code: 2)
    } catch let error as StoredRuns.Missing {
      return Failure("error: \(error.description)", code: 2)
    } catch let error as Interrupted {
      return Failure("error: \(error.description)", code: 3)
    } catch let error as CheckFailed {
      return Failure("error: \(error.description)", code: 1)
    } catch let error as ValidationError where chosen != self {
      // With the usage of the command that refuses, not of all.
      let name = chosen.configuration.commandName ?? ""
      return Failure(
        "Error: \(error.message)\nUsage: \(usageString(for: chosen))\n"
          + "  See 'rollsim \(name) --help' for more information.", code: 2)
    } catch {
      let message = fullMessage(for: error)
      guard exitCode(for: error) == .success else { return Failure(message, code: 2) }
      if !message.isEmpty { print(message) }
      return nil
    }
  }

  /// Each line of a description as an error.
  private static func lines(of description: String) -> String {
    description.split(separator: "\n").map { "error: \($0)" }.joined(separator: "\n")
  }

  private static func fail(_ failure: Failure) -> Never {
    StandardError.say(failure.message)
    Foundation.exit(failure.code)
  }

  /// How a command ends that could not do what it was to.
  private struct Failure {
    let message: String
    let code: Int32

    init(_ message: String, code: Int32) {
      self.message = message
      self.code = code
    }
  }
}

/// Something that was to hold does not: exit code 1.
struct CheckFailed: Error {
  let description: String
}
