import ArgumentParser
import Catalogue
import Results
import Validating

/// Puts what is known beside what is simulated.
struct ValidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate", abstract: "Compare the simulator with what is known from elsewhere.",
    discussion: """
      Runs the oracles: closed forms, protocol vectors and published figures. Prints expected,
      simulated, interval and verdict. A row without an interval must
      be equal exactly; where a range was published, the simulated number lies in it. The intervals
      together raise a false alarm with a probability of 1e-6. Verdict 'differs': the simulator is known
      to disagree, for the reason that is printed below; it is no failure.

      Example: rollsim validate 'fee-*'

      Exit codes: 0 success, 1 a row fails, 2 the input is wrong.
      """)

  @Argument(help: "Oracles to run, for example 'fee-*'; default: all.")
  var pattern = "*"

  @Option(help: "Independent replications behind each interval.")
  var replications = 100

  @Option(help: "Seed of all random streams.")
  var seed: UInt64 = 1

  @OptionGroup var jobs: JobOptions

  @Flag(help: "Print CSV.")
  var csv = false

  func validate() throws {
    guard (Validation.fewestReplications...1_000_000).contains(replications) else {
      throw ValidationError(
        "--replications: expected from \(Validation.fewestReplications) to 1,000,000; "
          + "found \(replications)")
    }
  }

  func run() throws {
    let oracles = Oracle.matching(pattern)
    guard !oracles.isEmpty else {
      let nearest = advice(for: pattern, among: Oracle.all.map(\.name))
      throw InvalidInput([Problem(Location(file: pattern), "no oracle matches\(nearest)")])
    }
    var validation = Validation()
    validation.seed = seed
    validation.replications = replications
    validation.jobs = jobs.jobs
    let progress = Progress(total: oracles.count, of: "oracles", isQuiet: jobs.quiet)
    let rows = validation.rows(of: oracles) { progress.show(Double($0)) }
    if csv {
      print(OracleRow.table(rows).csv, terminator: "")
    } else {
      printTable(oracles, rows)
    }
    let failed = rows.filter { $0.verdict == .fail }
    guard failed.isEmpty else {
      let names = failed.prefix(20).map { "\($0.oracle): \($0.name)" }.joined(separator: "\n")
      throw CheckFailed(description: "\(failed.count) of \(rows.count) rows fail\n\(names)")
    }
  }

  private func printTable(_ oracles: [Oracle], _ rows: [OracleRow]) {
    var table = TextTable(
      ["oracle", "case", "expected", "simulated", "interval", "unit", "verdict"],
      rightAligned: [2, 3])
    for row in rows {
      var limits = ""
      if let low = row.low, let high = row.high { limits = "\(low.readable) … \(high.readable)" }
      table.append([
        row.oracle, row.name, row.expected.map { text($0, row) } ?? limits,
        row.simulated.map { text($0, row) } ?? "none",
        row.expected == nil ? "" : limits, row.unit == "1" ? "" : row.unit, row.verdict.rawValue,
      ])
    }
    print(table.text + "\n")
    for oracle in oracles { print(about(oracle)) }
    for row in rows where row.verdict == .differs {
      print("\n\(row.oracle), \(row.name): differs, because \(row.disagreement?.reason ?? "")")
    }
    let passed = rows.count { $0.verdict == .pass }
    let differing = rows.count { $0.verdict == .differs }
    let rest =
      differing > 0
      ? "; \(differing) \(differing == 1 ? "differs" : "differ") for stated reasons" : ""
    print("\n\(passed) of \(rows.count) rows pass\(rest)")
  }

  private func about(_ oracle: Oracle) -> String {
    var text = "\(oracle.name): \(oracle.statement)\n  \(oracle.source)"
    if let error = oracle.detects {
      text += "\n  100 replications see an error of \((100 * error).readable) %"
    }
    return text
  }

  /// Exact numbers in full, because their last digit counts.
  private func text(_ number: Double, _ row: OracleRow) -> String {
    row.low == nil ? Table.Cell.number(number).text : number.readable
  }
}
