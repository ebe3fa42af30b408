import Foundation
import Testing

extension CommandTests {
  /// Limits of the machine end in a sentence, or change nothing; they neither hang nor kill.
  @Suite struct MachineLimitTests {
    private let place: Place

    init() throws { place = try Place() }

    @Test(arguments: [102_400, 131_071]) func withoutMemory(size: Int) throws {
      let output = try place.rollsim(
        "sweep", "sweep.yaml", "--results", "R", limits: "ulimit -v \(size)")
      #expect(output.status == 2)
      #expect(
        output.err
          == "error: the limit of memory (ulimit -v) is \(size) kB; expected at least 131072 kB\n")
      #expect(try place.files()["R"] == nil)
    }

    @Test(arguments: [131_072, 262_144]) func withLittleMemory(size: Int) throws {
      let output = try place.rollsim("sweep", "sweep.yaml", limits: "ulimit -v \(size)")
      #expect(output.status == 0, "\(output)")
    }

    /// Not enough for a store, for tables, and for nothing.
    @Test(arguments: [(5, 2), (6, 3), (16, 0)])
    func withFewOpenFiles(count: Int, code: Int32) throws {
      let output = try place.rollsim(
        "sweep", "sweep.yaml", "--results", "R", "--quiet", limits: "ulimit -n \(count)")
      #expect(output.status == code)
      #expect(output.err.split(separator: "\n").count == (code == 0 ? 0 : 1), "\(output)")
      #expect(try place.files(in: "R").keys.allSatisfy { !$0.contains("staging") })
    }

    /// The signal that comes with the limit is not what ends the program.
    ///
    /// Perl lets it through, because whoever runs tests may have blocked it.
    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/perl")))
    func withoutRoomInFiles() throws {
      for size in [0, 24] {
        let output = try place.rollsim(
          "--version",
          limits: """
            (ulimit -f \(size); perl -MPOSIX -e \
              'sigprocmask(SIG_SETMASK, POSIX::SigSet->new); exec @ARGV' \
              "$0" sweep sweep.yaml --results new/results)
            echo "ended with $?"
            """)
        #expect(output.out.hasPrefix("ended with 2\n"), "\(output)")
        #expect(output.err.hasPrefix("error: cannot "), "\(output)")
        #expect(size > 0 || output.err.hasSuffix(": File too large\n"), "\(output)")
      }
    }

    /// Log and results are on one full disk: code 3 all the same, by which a job is queued again.
    @Test func withALogOnTheFullDisk() throws {
      try place.write(
        "sweep.yaml", Place.experiment.replacing("replications: 2", with: "replications: 450"))
      let full = try place.rollsim(
        "sweep", "sweep.yaml", "--results", "R", limits: "exec 2>/dev/full; ulimit -f 2100")
      #expect(full.status == 3)
      let next = try place.rollsim("sweep", "sweep.yaml", "--results", "R")
      #expect(next.status == 0 && next.err.contains("of 900 runs were finished before"))
    }

    /// No thread can be had: whoever asked does the work, and the bytes are the same.
    @Test(.enabled(if: getuid() == 0, "takes a user of its own without processes to spare"))
    func withoutThreads() throws {
      #expect(try place.rollsim("sweep", "sweep.yaml", "--results", "whole").status == 0)
      for jobs in ["1", "3"] {
        let folder = "R\(jobs)"
        let output = try place.rollsim(
          "--version",
          limits: """
            chmod 777 . && mkdir program && cp "$0" program/ && chmod -R 755 program
            timeout 60 setpriv --reuid 54321 --regid 54321 --clear-groups --inh-caps=-all \\
              bash -c 'ulimit -u 1; exec program/rollsim sweep sweep.yaml --results \(folder) \\
              --jobs \(jobs)'
            echo "ended with $?"; rm -r program
            """)
        #expect(output.out.hasPrefix("ended with 0\n"), "\(output)")
        #expect(try place.files(in: folder) == place.files(in: "whole"))
      }
    }
  }
}
