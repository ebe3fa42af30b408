import Catalogue
import Foundation
import Randomness
import Specifications
import Testing

/// Files that went wrong in a thousand ways: each is accepted or refused with its problems.
///
/// It would detect arithmetic that traps on extreme values, readers that take longer than a file
/// is long, what is read as empty in silence, and a schema that refuses what the readers accept.
@Suite(.serialized) struct FuzzTests {
  /// A file of the repository with one to three mutations; the same for the same number.
  private static func mutant(_ number: Int) -> (name: String, yaml: String) {
    var stream = RandomStream(seed: 1, replication: UInt64(number), name: "fuzz")
    let document = Document.all[number % Document.all.count]
    return ("mutant \(number) of \(document.name)", mutated(document.yaml, &stream))
  }

  /// A text with one to three mutations.
  private static func mutated(_ text: String, _ stream: inout RandomStream) -> String {
    let kinds = Mutation.allCases
    return (0...(stream.nextWord() % 3)).reduce(text) { text, _ in
      kinds[Int(stream.nextWord() % UInt64(kinds.count))].apply(to: text, &stream)
    }
  }

  /// The text that is read is left behind in a file if reading it ends the process.
  private static let last = FileManager.default.temporaryDirectory
    .appendingPathComponent("rollsim-fuzz-\(ProcessInfo.processInfo.processIdentifier).yaml")

  @Test(.timeLimit(.minutes(20))) func fourThousandFilesAreReadOrRefused() throws {
    var accepted = 0
    let schema = try SchemaChecker(Place().rollsim("schema").out)
    for number in 0..<4000 {
      let (name, yaml) = Self.mutant(number)
      guard try Self.isAccepted(yaml, name) else { continue }
      accepted += 1
      #expect((try? schema.accepts(yaml)) == true, "the schema refuses \(name):\n\(yaml)")
    }
    try FileManager.default.removeItem(at: Self.last)
    #expect((200..<3600).contains(accepted), "of 4000 mutants \(accepted) are still valid")
  }

  /// CSV files of all kinds, with one to three mutations each.
  @Test(.timeLimit(.minutes(10))) func aThousandTablesAreReadOrRefused() throws {
    var accepted = 0
    let table = Self.last.deletingPathExtension().appendingPathExtension("csv")
    for number in 0..<1000 {
      var stream = RandomStream(seed: 2, replication: UInt64(number), name: "fuzz")
      let document = TableDocument.all[number % TableDocument.all.count]
      try Data(Self.mutated(document.csv, &stream).utf8).write(to: table)
      let name = "mutant \(number) of the \(document.name)"
      accepted += try Self.isAccepted(document.yaml(table.path), name) ? 1 : 0
    }
    for file in [Self.last, table] { try FileManager.default.removeItem(at: file) }
    #expect((50..<900).contains(accepted), "of 1000 mutants \(accepted) are still valid")
  }

  /// Reads a text, in time; if it is refused, with messages.
  private static func isAccepted(_ yaml: String, _ name: String) throws -> Bool {
    try Data(yaml.utf8).write(to: last)
    let start = processorTime()
    defer {
      let time = processorTime() - start
      #expect(time < patience, "\(name) takes \(time) s")
    }
    do throws(InvalidInput) {
      _ = try CheckedInput(.load(last.path)).summary
      return true
    } catch {
      expectMessages(error, name)
      return false
    }
  }

  #if DEBUG
  // Without optimisation and beside other tests the same work takes several times as long.
  private static let patience = 10.0
  #else
  private static let patience = 2.0
  #endif

  /// That of this thread [s]: other tests run beside this one.
  private static func processorTime() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  /// Each problem has one line, and not a page.
  private static func expectMessages(_ error: InvalidInput, _ name: String) {
    #expect(!error.problems.isEmpty, "\(name)")
    for line in error.lines() {
      #expect(line.utf8.count <= 8000 && !line.contains(where: \.isNewline), "\(name): \(line)")
    }
  }

  /// The same as processes, with 2 GB of addresses and 10 s of work.
  @Test func thirtyFilesThroughTheCommand() throws {
    let place = try Place()
    for number in stride(from: 0, to: 1000, by: 33) {
      let (name, yaml) = Self.mutant(number)
      try place.write("mutant.yaml", yaml)
      let output = try place.rollsim(
        "check", "mutant.yaml", limits: "ulimit -v 2000000; ulimit -t 10")
      #expect([0, 2].contains(output.status), "\(name): \(output.status)\n\(output.err)")
      let start = output.status == 0 ? "warning: " : "error: "
      #expect(output.status == 0 || !output.err.isEmpty, "\(name)")
      #expect(output.err.split(separator: "\n").allSatisfy { $0.hasPrefix(start) }, "\(name)")
      let closed = try place.rollsim("check", "mutant.yaml", limits: "exec 2>&-")
      #expect(
        closed.status == output.status, "\(name): \(closed.status) with standard error closed")
    }
  }
}
