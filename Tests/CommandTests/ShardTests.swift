import Foundation
import Testing

extension CommandTests {
  /// Shards cover a sweep once, and their merged bytes are those of one piece.
  @Suite struct ShardTests {
    private let place: Place

    init() throws { place = try Place() }

    private func shard(_ shard: String, _ options: String...) throws -> Output {
      try place.rollsim(["sweep", "sweep.yaml", "--shard", shard, "--quiet"] + options)
    }

    private func merge(_ shards: [String], to folder: String) throws -> Output {
      try place.rollsim(["merge"] + shards + ["--results", folder])
    }

    /// Seven shards of four runs, in another order than theirs; some have nothing to do.
    @Test(arguments: [1, 2, 3, 7]) func mergedShardsAreTheWhole(_ count: Int) throws {
      #expect(try place.rollsim("sweep", "sweep.yaml", "--results", "whole").status == 0)
      for index in (0..<count).map({ ($0 * 5 + 1) % count }) {
        #expect(try shard("\(index)/\(count)").status == 0)
      }
      let folders = (0..<count).reversed().map { "results/tiny.shards/\($0)-of-\(count)" }
      let merged = try merge(folders, to: "merged")
      #expect(merged.status == 0 && merged.err.hasPrefix("wrote merged: "), "\(merged.err)")
      #expect(try place.files(in: "merged") == place.files(in: "whole"))
    }

    @Test func aFinishedShardDoesNothing() throws {
      #expect(try shard("0/2").status == 0)
      let again = try place.rollsim("sweep", "sweep.yaml", "--shard", "0/2")
      #expect(again.status == 0 && again.err == "results/tiny.shards/0-of-2 is up to date\n")
    }

    @Test func aShardWithADamagedStoreIsNotUpToDate() throws {
      #expect(try shard("0/2").status == 0)
      let path = "results/tiny.shards/0-of-2/.store/runs.sqlite"
      let url = place.url.appendingPathComponent(path)
      try Data(contentsOf: url).prefix(9000).write(to: url)
      let again = try shard("0/2")
      #expect(again.status == 2 && again.err.contains("is damaged"))
    }

    @Test func whatDoesNotFitIsNamed() throws {
      for index in 0..<2 { #expect(try shard("\(index)/3").status == 0) }
      #expect(try shard("1/2").status == 0)
      #expect(try shard("2/3", "--set", "horizon=4 min", "--results", "other").status == 0)
      #expect(try shard("1/3", "--results", "twin").status == 0)
      let names = ["0-of-3", "1-of-3", "1-of-2"].map { "results/tiny.shards/\($0)" }
      let output = try merge(names + ["other", "twin"], to: "merged")
      #expect(output.status == 2)
      #expect(
        output.err.split(separator: "\n") == [
          "error: 'results/tiny.shards/1-of-2' is shard 1/2, where there are 3",
          "error: 'other' is of another specification than 'results/tiny.shards/0-of-3'",
          "error: 'twin' is shard 1/3, and so is 'results/tiny.shards/1-of-3'",
          "error: missing: 2/3",
        ])
      #expect(try place.files(in: "merged").isEmpty)
    }

    @Test func anUnfinishedOrForeignFolderIsNamed() throws {
      #expect(try place.rollsim("sweep", "sweep.yaml", "--results", "whole").status == 0)
      let output = try merge(["whole", "nowhere"], to: "merged")
      #expect(output.status == 2)
      let reason = "'whole' is no finished shard: 'whole' holds whole results, no shard"
      #expect(output.err.contains(reason))
      #expect(output.err.contains("'nowhere' is no finished shard"))
    }

    @Test(arguments: ["2/2", "0/0", "1", "a/b", "0/2/3", "0/9999999"])
    func noShard(_ text: String) throws {
      let output = try shard(text)
      #expect(output.status == 2)
      #expect(output.err.contains("--shard: expected i/n with i from 0 to n-1"))
    }
  }
}
