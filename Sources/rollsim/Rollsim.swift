import ArgumentParser
import Catalogue
import Experiments
import Foundation
import Results
import RunStore

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
    version: Manifest.programVersion,
    subcommands: [
      RunCommand.self, SweepCommand.self, MergeCommand.self, VerifyCommand.self,
      AnalyseCommand.self,
      OptimiseCommand.self,
      SystemsCommand.self,
      MeasuresCommand.self,
      CheckCommand.self, SchemaCommand.self, ValidateCommand.self,
    ])

  /// Runs the command and turns errors into messages and exit codes.
  static func main() {
    do {
      var command = try parseAsRoot()
      try command.run()
      // A full disk behind a redirection shows only now.
      guard fflush(nil) == 0 else {
        fail("error: cannot write to standard output: \(String(cString: strerror(errno)))", code: 2)
      }
    } catch let error as InvalidInput {
      fail(error.lines().map { "error: \($0)" }.joined(separator: "\n"), code: 2)
    } catch let error as ResultFolder.Failure {
      fail("error: \(error)", code: 2)
    } catch let error as StoreFailure {
      fail("error: \(error)", code: 2)
    } catch let error as RecordedExperiment.Unusable {
      fail(
        error.description.split(separator: "\n").map { "error: \($0)" }.joined(separator: "\n"),
        code: 2)
    } catch let error as StoredRuns.Missing {
      fail("error: \(error.description)", code: 2)
    } catch let error as Interrupted {
      fail("error: \(error.description)", code: 3)
    } catch let error as CheckFailed {
      fail("error: \(error.description)", code: 1)
    } catch {
      if exitCode(for: error) == .success { exit(withError: error) }
      fail(fullMessage(for: error), code: 2)
    }
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
