import Foundation
import Testing

extension CommandTests {
  /// Whatever happens to a sweep, what it finishes stays, and the bytes at the end are the same.
  @Suite struct InterruptedSweepTests {
    private let place: Place
    private static let experiment = Place.experiment
      .replacing("[30 s, 1 min]", with: "[30 s, 1 min, 2 min]")
      .replacing("replications: 2", with: "replications: 100")

    init() throws {
      place = try Place()
      try place.write("sweep.yaml", Self.experiment)
    }

    private func whole() throws -> [String: Data] {
      #expect(try place.rollsim("sweep", "sweep.yaml", "--results", "whole").status == 0)
      return try place.files(in: "whole")
    }

    /// 50 times killed before half of what the whole takes here and now, starting included.
    ///
    /// Seed 1. A kill between any two system calls would have to be survived; this tries 50 of them.
    @Test func killedFiftyTimes() throws {
      let clock = ContinuousClock()
      let start = clock.now
      let files = try whole()
      let half = UInt64((clock.now - start) / .microseconds(2))
      var generator = Linear(state: 1)
      var wasStored = false
      for _ in 0..<50 {
        let process = try place.start("sweep", "sweep.yaml", "--results", "killed", "--quiet")
        usleep(UInt32(generator.next() % half))
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        wasStored =
          wasStored
          || FileManager.default.fileExists(
            atPath: place.url.appendingPathComponent("killed/.store/runs.sqlite").path)
      }
      #expect(wasStored, "no process got as far as the store")
      let last = try place.rollsim("sweep", "sweep.yaml", "--results", "killed")
      #expect(last.status == 0)
      // On a fast machine the fifty got to the end of it between them.
      let wasKept = ["of 300 runs were finished before", "is up to date"]
      #expect(wasKept.contains { last.err.contains($0) }, "\(last.err)")
      #expect(try place.files(in: "killed") == files)
    }

    /// Ctrl-C, or a scheduler's request: exit code 3, and the next start goes on.
    @Test(arguments: [SIGINT, SIGTERM]) func interrupted(_ signal: Int32) throws {
      try place.write("sweep.yaml", Self.experiment.replacing("ns: 100", with: "ns: 2000"))
      let process = try place.start("sweep", "sweep.yaml", "--results", "stopped", "--quiet")
      waitForFile("stopped/.store/runs.sqlite", of: process)
      usleep(300_000)
      kill(process.processIdentifier, signal)
      process.waitUntilExit()
      #expect(process.terminationStatus == 3)
      try place.write("sweep.yaml", Self.experiment)
      let files = try whole()
      let next = try place.rollsim("sweep", "sweep.yaml", "--results", "stopped")
      #expect(next.status == 0)
      #expect(next.err.contains(" of 300 runs were finished before"), "\(next.err)")
      #expect(try place.files(in: "stopped") == files)
    }

    /// Waits until a process has made a file, however long it takes to start where others work too.
    private func waitForFile(_ path: String, of process: Process) {
      let file = place.url.appendingPathComponent(path).path
      while process.isRunning, !FileManager.default.fileExists(atPath: file) { usleep(1000) }
    }

    /// No file may grow beyond two megabytes: the store cannot, and many runs are in it by then.
    @Test func aDiskThatFillsUp() throws {
      try place.write("sweep.yaml", Self.experiment.replacing("ns: 100", with: "ns: 300"))
      let files = try whole()
      let full = try place.rollsim(
        "sweep", "sweep.yaml", "--results", "full", "--quiet",
        limits: "trap '' XFSZ; ulimit -f 2100")
      #expect(full.status == 3)
      #expect(full.err.contains("finished runs are kept in full, start again to go on"))
      let next = try place.rollsim("sweep", "sweep.yaml", "--results", "full")
      #expect(next.status == 0)
      #expect(next.err.contains(" of 900 runs were finished before"), "\(next.err)")
      #expect(try place.files(in: "full") == files)
    }

    /// Who reads what it says may have stopped reading; the process ends with code 3 all the same.
    @Test func interruptedWhileNobodyReads() throws {
      try place.write("sweep.yaml", Self.experiment.replacing("ns: 100", with: "ns: 2000"))
      let shell = try place.rollsim(
        "--version",
        limits: """
          mkfifo full; sleep 9 < full & exec 9> full
          dd if=/dev/zero of=full oflag=nonblock bs=4096 count=64 2>/dev/null
          "$0" sweep sweep.yaml --shard 0/2 --quiet 2>&9 &
          until [ -e results/tiny.shards/0-of-2/.store/runs.sqlite ]; do sleep 0.1; done; sleep 0.3
          kill -TERM $!; wait $!; echo "ended with $?"
          """)
      #expect(shell.out.contains("ended with 3\n"), "\(shell.out)")
      #expect(try place.files(in: "results/tiny.shards/0-of-2").isEmpty, "no mark")
    }

    /// The mark of a shard that was finished does not outlive what it vouches for.
    @Test func aShardThatIsForcedAndInterruptedIsNotFinished() throws {
      try place.write("sweep.yaml", Self.experiment)
      #expect(try place.rollsim("sweep", "sweep.yaml", "--shard", "0/1", "--quiet").status == 0)
      let mark = place.url.appendingPathComponent("results/tiny.shards/0-of-1/shard.json").path
      #expect(FileManager.default.fileExists(atPath: mark))
      let process = try place.start("sweep", "sweep.yaml", "--shard", "0/1", "--force", "--quiet")
      while process.isRunning, FileManager.default.fileExists(atPath: mark) { usleep(1000) }
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      let next = try place.rollsim("sweep", "sweep.yaml", "--shard", "0/1")
      #expect(next.status == 0 && next.err.contains("finished shard 0/1"), "\(next.err)")
    }

    /// As under `nohup`: a signal that was ignored stays so.
    @Test func anIgnoredSignalStaysIgnored() throws {
      let output = try place.rollsim(
        "sweep", "sweep.yaml", "--quiet", limits: "trap '' HUP; (sleep 0.3; kill -HUP $$) &")
      #expect(output.status == 0)
    }

    @Test func aTruncatedStoreIsRefused() throws {
      _ = try whole()
      let url = place.url.appendingPathComponent("whole/.store/runs.sqlite")
      let bytes = try Data(contentsOf: url)
      try bytes.prefix(bytes.count / 2).write(to: url)
      try place.write("sweep.yaml", Self.experiment.replacing("ns: 100", with: "ns: 101"))
      let output = try place.rollsim("sweep", "sweep.yaml", "--results", "whole", "--quiet")
      #expect(output.status == 2)
      #expect(output.err.contains("is damaged") && output.err.contains("move it away"))
    }

    @Test func aSecondProcessIsRefused() throws {
      try place.write("sweep.yaml", Self.experiment.replacing("ns: 100", with: "ns: 9000"))
      let first = try place.start("sweep", "sweep.yaml", "--results", "both", "--quiet")
      defer { kill(first.processIdentifier, SIGKILL) }
      waitForFile("both/.store/runs.sqlite", of: first)
      let second = try place.rollsim("sweep", "sweep.yaml", "--results", "both", "--quiet")
      #expect(second.status == 2)
      #expect(second.err.contains("'both' is in use by process \(first.processIdentifier)"))
    }

    /// More replications: the stored ones are kept, and the result is that of one sweep.
    @Test func moreReplicationsRunOnlyWhatIsMissing() throws {
      _ = try whole()
      let more = Self.experiment.replacing("ns: 100", with: "ns: 130")
      try place.write("sweep.yaml", more)
      let output = try place.rollsim("sweep", "sweep.yaml", "--results", "whole")
      #expect(output.status == 0)
      #expect(output.err.hasPrefix("300 of 390 runs were finished before\n"))
      #expect(try place.rollsim("sweep", "sweep.yaml", "--results", "anew").status == 0)
      #expect(try place.files(in: "whole") == place.files(in: "anew"))
    }
  }
}

/// A generator for the instants of kills, the same each time.
private struct Linear {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state >> 33
  }
}
