import EventKernel
import Ledger
import Randomness
import Testing

@testable import Rollup
@testable import Worlds

/// State differences: which slots a batch writes, when it is full by them, and what it publishes.
@Suite struct DataFormatTests {
  /// Everything constant, four writes of each transaction, 40 B a slot.
  private static func differences(_ change: (inout RollupScenario) -> Void = { _ in }) -> Scenario {
    var scenario = Scenario.clockwork(.postAndAssert)
    scenario.rollup.poster.format = .stateDifferences
    change(&scenario.rollup)
    return scenario
  }

  /// Nobody meets a slot twice where there are a million million: then four slots of 40 B are what 160 B of a
  /// transaction are, for every measure that does not look at the transaction.
  ///
  /// Some hundred writes among 1e12 slots: the probability that two meet is below 1e-8.
  @Test(arguments: [(0 as UInt64, 400 as UInt64), (5, 1000), (0, 700)])
  func withoutCollisionsSlotsAreBytes(_ example: (message: UInt64, limit: UInt64)) throws {
    let slots = Self.differences {
      $0.workload.state.slots = 1_000_000_000_000
      $0.workload.state.zipfExponent = 0
      $0.poster.messageBytes = example.message
      $0.poster.maxBytes = example.limit
    }
    var bytes = slots
    bytes.rollup.poster.format = .transactions
    for kind in bytes.rollup.workload.profiles.indices {
      bytes.rollup.workload.profiles[kind].bytes = .constant(Double(160 + example.message))
    }
    var measured = try slots.measuredAll()
    var expected = try bytes.measuredAll()
    let size = Double(160 + example.message)
    let count = try #require(measured["batch_size_tx_mean"])
    let ofSlots = [
      ("state_collapsed_share", 0), ("state_writes_mean", 4 * count),
      ("state_slots_mean", 4 * count), ("state_bytes_per_write", size / 4),
      ("bytes_raw_per_tx", 100),
    ]
    for (name, value) in ofSlots {
      let found = measured.removeValue(forKey: name)
      #expect(found == value, "\(name)")
    }
    let raw = expected.removeValue(forKey: "bytes_raw_per_tx")
    #expect(raw == size)
    // What a mean over a law says differs in the last bits from what a constant says.
    for name in measured.keys where name.hasPrefix("throughput_") {
      let one = try #require(measured[name])
      let other = try #require(expected[name])
      #expect(abs(one - other) <= 1e-6 * other, "\(name): \(one), \(other)")
      (measured[name], expected[name]) = (nil, nil)
    }
    #expect(measured == expected)
  }

  /// One slot is published once, however often it is written: 40 B and 3 B of each transaction.
  @Test func oneSlotCollapses() throws {
    let values = try Self.differences {
      $0.workload.state.slots = 1
      $0.poster.messageBytes = 3
      $0.poster.maxAge = .seconds(4)
    }.measuredAll()
    // Batches are closed 4 s after their first block, with three blocks of two transactions.
    #expect(values["batch_size_tx_mean"] == 6)
    #expect(values["state_writes_mean"] == 24)
    #expect(values["state_slots_mean"] == 1)
    #expect(values["state_collapsed_share"] == 23.0 / 24.0)
    #expect(values["batch_size_bytes_mean"] == 58.0)
    let perTransaction: Double = 58.0 / 6.0
    #expect(values["bytes_posted_per_tx"] == perTransaction)
    #expect(values["bytes_raw_per_tx"] == 100)
  }

  /// New slots never collapse, and have a size of their own.
  @Test func newSlotsAreDearer() throws {
    let values = try Self.differences {
      $0.workload.state.newShare = 1
      $0.workload.state.slots = 1
      $0.poster.newSlotBytes = 64
      $0.poster.maxAge = .seconds(4)
      $0.poster.maxBytes = 10_000
    }.measuredAll()
    #expect(values["state_slots_mean"] == 24)
    #expect(values["batch_size_bytes_mean"] == 1536)
  }

  /// Batches are closed at the block that does not fit, by slots that a set of Swift counts.
  ///
  /// The poster is driven block by block, beside a loop that draws the same slots by hand. Seed 5.
  @Test(arguments: [0, 0.8, 1.2]) func batchesCloseWhenTheirSlotsAreFull(exponent: Double) {
    var policy = Scenario.baseCase.rollup.poster
    policy.format = .stateDifferences
    (policy.maxBytes, policy.overheadBytes, policy.compressionRatio) = (2000, 100, 0.5)
    var state = Workload.StatePolicy()
    (state.slots, state.zipfExponent) = (300, exponent)
    let streams = StreamSource(seed: 5, replication: 0)
    var poster = BatchPoster(policy, of: .first, writingTo: state, streams)
    var stream = RandomStream(seed: 5, replication: 0, name: "poster.slots")
    var (open, expected, closed): (Set<UInt64>, [Int], [Int]) = ([], [], [])
    for number in 0..<2000 {
      var block = SealedBlock(sealedAt: .start + .seconds(Int64(number)))
      let writes = 1 + number % 17
      block.transactions.add(
        count: 2, gas: 0, bytes: 999, proverWork: 0, writes: UInt32(writes))
      poster.examine(block)
      if poster.isFull(for: block) { closed.append(poster.close(at: .start).slots.distinct) }
      poster.collect(block, paying: .zero)
      if poster.isFull { closed.append(poster.close(at: .start).slots.distinct) }

      // ⌈0.5 · 40 d⌉ + 100 ≤ 2000 holds for 95 different slots, which are full to the byte.
      let drawn = (0..<writes).map { _ in state.law.sample(&stream) }
      if open.union(drawn).count > 95 {
        expected.append(open.count)
        open = []
      }
      open.formUnion(drawn)
      if open.count == 95 {
        expected.append(95)
        open = []
      }
    }
    #expect(closed == expected)
    #expect(closed.count > 20 && closed.allSatisfy { (60...95).contains($0) })
  }

  /// Slots are drawn for themselves: blocks and what others draw are as with transactions.
  @Test func nothingElseIsDrawnOtherwise() throws {
    var scenario = Scenario.baseCase
    (scenario.warmUp, scenario.horizon) = (.seconds(600), .seconds(2400))
    scenario.rollup.poster.maxBytes = 10_000_000
    let full = try scenario.measuredAll()
    scenario.rollup.poster.format = .stateDifferences
    let differences = try scenario.measuredAll()
    for name in full.keys
    where name.hasPrefix("finality_soft") || name.hasPrefix("finality_posted")
      || ["bytes_raw_per_tx", "batch_size_tx_mean", "batch_wait_s_mean"].contains(name)
    {
      #expect(full[name] == differences[name], "\(name)")
    }
    #expect(full["bytes_posted_per_tx"] != differences["bytes_posted_per_tx"])
    #expect(full["state_writes_mean"] == nil)
  }

  /// From a change on batches publish slots, those before it transactions.
  @Test func aChangeOfFormatKeepsWhatWasBegun() throws {
    var scenario = Scenario.clockwork(.postAndAssert)
    scenario.horizon = .seconds(20)
    scenario.rollup.poster.maxBytes = 10_000
    scenario.rollup.poster.maxAge = .seconds(1)
    scenario.rollup.workload.state.slots = 1
    scenario.settlement.startsAt = 1_000_000
    var change = RollupChange(name: "differences")
    change.time = 1_000_009
    for (place, parameter) in RollupScenario.changeable.enumerated()
    where parameter.path == "poster.format" {
      change[place] = .word("state_differences")
    }
    scenario.rollup.changes.append(change)
    // A batch for each block of two transactions. Those of 2, 4, 6 and 8 s have 200 B, the six later ones with
    // measured transactions 40 B: the last transaction is that of 19 s.
    let posted = try scenario.measured("bytes_posted_per_tx")
    let expected: Double = (4 * 200 + 6 * 40) / 20.0
    #expect(posted == expected)
  }

  @Test func aHostPublishesTransactions() {
    var host = RollupScenario.baseCase.named("two")
    host.poster.format = .stateDifferences
    var guest = RollupScenario.baseCase.named("three")
    guest.hosting.host = "two"
    guest.poster.carrier = .calldata
    var scenario = Scenario.baseCase
    scenario.rollups = [host, guest]
    let error = #expect(throws: InvalidScenario.self) {
      try scenario.validated(WorldShape(rollups: ["two", "three"], services: []))
    }
    #expect(error?.problems.map(\.path).contains("rollups.three.host") == true)
  }

  @Test func whatCannotBeIsRefused() {
    let scenario = Self.differences {
      $0.workload.state.slots = 0
      $0.workload.state.zipfExponent = 11
      $0.workload.state.newShare = 2
      $0.poster.slotBytes = 0
      $0.poster.newSlotBytes = 0
      $0.poster.messageBytes = 1_000_001
      $0.poster.compressionWarmUp = 1_000_000_001
      $0.workload.profiles[TransactionClass.transfer.rawValue].writes = .constant(10_001)
    }
    let error = #expect(throws: InvalidScenario.self) { try scenario.validated() }
    #expect(
      error?.problems.map(\.path).sorted() == [
        "poster.compression_warmup", "poster.message_bytes", "poster.new_slot_bytes",
        "poster.slot_bytes", "workload.classes.transfer.writes", "workload.state.new_share",
        "workload.state.slots", "workload.state.zipf_exponent",
      ])
  }

  /// Whether a batch publishes more than a limit is asked without rounding, and has the same answer.
  @Test func aLimitIsPassedWhereItsBytesAre() {
    var stream = RandomStream(seed: 1, replication: 0, name: "limits")
    var policy = RollupScenario.baseCase.poster
    for _ in 0..<20_000 {
      policy.compressionRatio = 0.1 + 1.4 * stream.uniform()
      policy.compressionWarmUp = stream.nextWord() % 3 * 5_000
      policy.overheadBytes = stream.nextWord() % 300
      let raw = stream.nextWord() % 200_000
      let fixed = stream.nextWord() % (raw + 1)
      let published = policy.publishedBytes(rawBytes: raw, fixedBytes: fixed)
      for limit in [published / 2, published - min(published, 1), published, published + 1] {
        #expect(
          policy.publishes(moreThan: limit, rawBytes: raw, fixedBytes: fixed) == (published > limit)
        )
      }
    }
  }
}
