import Foundation
import Testing

extension CommandTests {
  /// What cannot be said does not end the work; what cannot be printed is an error.
  @Suite struct LostMessageTests {
    private let place: Place
    private static let lost = ["exec 2>/dev/full", "exec 2>&-", "exec <&- >&- 2>&-"]

    init() throws { place = try Place() }

    @Test(arguments: lost) func workIsDoneWithoutMessages(limits: String) throws {
      #expect(try place.rollsim("sweep", "sweep.yaml", "--results", "said").status == 0)
      let sweep = try place.rollsim("sweep", "sweep.yaml", "--results", "R", limits: limits)
      #expect(sweep.status == 0 && sweep.err == "")
      // With the first descriptors free, a message would land in a file that is open.
      #expect(try place.files(in: "R") == place.files(in: "said"))
      try place.write(
        "more.yaml", Place.experiment.replacing("replications: 2", with: "replications: 3"))
      #expect(try place.rollsim("sweep", "more.yaml", "--results", "R", limits: limits).status == 0)
      let lock = try String(
        contentsOf: place.url.appendingPathComponent("R/.store/lock"), encoding: .utf8)
      #expect(lock.hasPrefix("process ") && !lock.contains("\n"), "\(lock)")
      let shard = try place.rollsim("sweep", "sweep.yaml", "--shard", "0/1", limits: limits)
      #expect(shard.status == 0)
      let merge = try place.rollsim(
        "merge", "results/tiny.shards/0-of-1", "--results", "merged", limits: limits)
      #expect(merge.status == 0)
      #expect(try place.files(in: "merged") == place.files(in: "said"))
      #expect(try place.rollsim("sweep", "more.yaml", "--results", "R").err.contains("up to date"))
    }

    @Test(arguments: lost) func wrongInputIsRefusedWithoutMessages(limits: String) throws {
      let before = try place.files()
      #expect(try place.rollsim("check", "none.yaml", limits: limits).status == 2)
      #expect(try place.rollsim("sweep", "--nonsense", limits: limits).status == 2)
      #expect(try place.files() == before)
    }

    @Test(arguments: [
      ["schema"], ["schema", "scenario"], ["systems"], ["measures"], ["--help"], ["--version"],
      ["check", "tiny.yaml"], ["sweep", "sweep.yaml", "--dry-run"],
    ])
    func whatCannotBePrintedIsAnError(arguments: [String]) throws {
      let full = try place.rollsim(arguments, limits: "exec >/dev/full")
      #expect(full.status == 2)
      #expect(full.err == "error: cannot write to standard output: No space left on device\n")
      let closed = try place.rollsim(arguments, limits: "exec >&-")
      #expect(closed.status == 2)
      #expect(closed.err == "error: cannot write to standard output: Bad file descriptor\n")
    }

    /// Progress goes into a pipe whose reader has gone.
    @Test func whoeverReadsMessagesMayGo() throws {
      let output = try place.rollsim(
        "--version", limits: #"{ "$0" sweep sweep.yaml; echo $? >code; } 2>&1 | true"#)
      #expect(output.status == 0)
      #expect(try place.files()["code"] == Data("0\n".utf8))
    }
  }
}
