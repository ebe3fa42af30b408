import Randomness
import Testing

@testable import Rollup

/// Blocks that are executed on lanes, against what is known of their conflicts.
@Suite struct ExecutionScheduleTests {
  /// Equal transactions, each on a key of its own.
  private static func independent(_ count: Int, time: Int64 = 1000) -> KnownBlock {
    var block = KnownBlock()
    for place in 0..<count { block.append(time: time, writes: [UInt64(place)]) }
    return block
  }

  /// n equal transactions without conflicts on k lanes take ⌈n/k⌉ times one, so they are n/⌈n/k⌉ times as fast.
  @Test(arguments: [(1, 1), (1, 8), (7, 8), (8, 8), (9, 8), (100, 7), (1000, 32)])
  func independentOnesFillLanes(_ count: Int, _ lanes: Int) {
    let block = Self.independent(count)
    let rounds = Int64((count + lanes - 1) / lanes)
    for done in [block.declared(lanes: lanes), block.optimistic(lanes: lanes).block] {
      #expect(done.time == rounds * 1000 && done.count == count && !done.isLimited)
      #expect(done.executions == count && done.aborted == 0 && done.unused == 0)
      #expect(done.path == 1000 && done.work == Int64(count) * 1000)
    }
  }

  /// Who only reads the same key does not conflict.
  @Test func readersRunSideBySide() {
    var block = KnownBlock()
    for place in 0..<64 { block.append(time: 10, reads: [99], writes: [UInt64(place)]) }
    #expect(block.declared(lanes: 16).time == 40)
    #expect(block.optimistic(lanes: 16).block.time == 40)
  }

  /// What all write is written one after the other, on any number of lanes.
  @Test func oneHotKeyIsSerial() {
    var block = KnownBlock()
    for _ in 0..<50 { block.append(time: 10, writes: [1]) }
    for lanes in [1, 2, 8, 32] {
      #expect(block.declared(lanes: lanes).time == 500)
      let optimistic = block.optimistic(lanes: lanes).block
      #expect(optimistic.time == 500 && optimistic.path == 500)
    }
  }

  /// Amdahl's law: with a serial share s, k lanes are 1/(s + (1−s)/k) times as fast.
  @Test(arguments: [0, 0.05, 0.1, 0.5, 1])
  func aSerialShareBoundsTheSpeedUp(_ share: Double) {
    for lanes in [1, 2, 8, 32] {
      let block = Self.independent(32 * 25, time: 1_000_000)
      let law = 1 / (share + (1 - share) / Double(lanes))
      for done in [
        block.declared(lanes: lanes, serialShare: share),
        block.optimistic(lanes: lanes, serialShare: share).block,
      ] {
        #expect(abs(Double(done.work) / Double(done.time) / law - 1) < 1e-9)
      }
    }
  }

  /// By hand: nine lanes that slow each other down by 5 % each take 1.4 times as long, at the end one runs alone.
  @Test func lanesSlowEachOtherDown() {
    var limit = ExecutionLimit(lanes: 9, budget: .max, serialShare: 0.1)
    limit.slowdown = 1.4
    let candidates = Self.independent(18).candidates(limit)
    var graph = ConflictGraph()
    graph.build(candidates, first: 18, keepsVersions: false, linksLater: true)
    var execution = DeclaredExecution()
    let done = execution.run(candidates, graph, limit)
    #expect(done.time == 2 * 1260 + 1800 && done.work == 18_000 && done.laneWork == 18 * 1260)
  }

  /// Transfers between a few accounts conflict more than between many, and Block-STM is the slower for it; by
  /// declaration they are at least as fast.
  ///
  /// Two accounts make one chain. Blocks of 1000 on 32 lanes.
  @Test func fewerAccountsAreSlower() {
    var draw = RandomStream(seed: 2022, replication: 0, name: "transfers")
    var last = 0.0
    for accounts in [2, 10, 100, 1000, 10_000] {
      var block = KnownBlock()
      for _ in 0..<1000 {
        let sender = UInt64(Double(accounts) * draw.uniform())
        let other = UInt64(Double(accounts - 1) * draw.uniform())
        block.append(time: 1000, writes: [sender, other < sender ? other : other + 1])
      }
      let done = block.optimistic(lanes: 32, validationShare: 0.02).block
      let declared = block.declared(lanes: 32)
      let speedUp = Double(done.work) / Double(done.time)
      #expect(speedUp > last && declared.time <= done.time)
      if accounts == 2 { #expect(declared.time == block.work && speedUp > 0.9 && speedUp < 1) }
      last = speedUp
    }
    #expect(last > 25)
  }

  /// By hand, two lanes: the first two begin together; the second has read too early, is aborted and runs again, and
  /// the third waits for it, since what the second wrote is only an estimate.
  @Test func abortsByHand() {
    var block = KnownBlock()
    for _ in 0..<3 { block.append(time: 10, writes: [1]) }
    let done = block.optimistic(lanes: 2)
    #expect(done.block.time == 30 && done.block.count == 3)
    #expect(done.incarnations == [1, 2, 1])
    #expect(done.block.executions == 4 && done.block.aborted == 10 && done.block.unused == 0)
  }

  /// By hand, one lane and validations of a tenth: each transaction is validated once, 3 · 11.
  @Test func validationsByHand() {
    let done = Self.independent(3, time: 10).optimistic(lanes: 1, validationShare: 0.1).block
    #expect(done.time == 33 && done.validated == 3)
  }

  /// Random blocks by what they declare: never faster than lanes or the longest chain allow, and never slower than
  /// Graham's bound W/k + (1 − 1/k) · P.
  @Test(arguments: 0..<300 as Range<UInt64>)
  func declaredIsBounded(_ number: UInt64) {
    var draw = RandomStream(seed: 1966, replication: number, name: "declared blocks")
    let block = KnownBlock(&draw, most: 80)
    let lanes = 1 + Int(12 * draw.uniform())
    let done = block.declared(lanes: lanes)
    let path = block.longestPath(keepsVersions: false)
    #expect(done.count == block.count && done.path == path && done.work == block.work)
    #expect(done.time >= path && done.time * Int64(lanes) >= block.work)
    #expect(done.time * Int64(lanes) <= block.work + Int64(lanes - 1) * path)
    #expect(done.unused == 0 && done.executions == block.count)
    if lanes == 1 { #expect(done.time == block.work) }
  }

  /// At most 2 − 1/k times what the best schedule takes, which is found by trying all.
  @Test(arguments: 0..<40 as Range<UInt64>)
  func declaredIsNearTheBest(_ number: UInt64) {
    var draw = RandomStream(seed: 1969, replication: number, name: "small blocks")
    let block = KnownBlock(&draw, most: 6)
    let lanes = 2 + Int(2 * draw.uniform())
    let best = block.optimum(lanes: lanes)
    let time = block.declared(lanes: lanes).time
    #expect(time >= best && time * Int64(lanes) <= best * Int64(2 * lanes - 1))
  }

  /// Random blocks by Block-STM: every transaction is committed once, and its last incarnation has read exactly what
  /// it reads when all run one after the other, in the version that its writer wrote last.
  @Test(arguments: 0..<600 as Range<UInt64>)
  func optimisticIsSerial(_ number: UInt64) {
    var draw = RandomStream(seed: 2203, replication: number, name: "optimistic blocks")
    let block = KnownBlock(&draw, most: 80)
    let lanes = 1 + Int(12 * draw.uniform())
    let done = block.optimistic(
      lanes: lanes, validationShare: draw.bernoulli(0.5) ? 0 : draw.uniform())
    #expect(done.block.count == block.count && done.block.work == block.work)
    var place = 0
    for transaction in 0..<block.count {
      #expect(done.incarnations[transaction] >= 1)
      for access in block.accesses(of: transaction) {
        let version = done.versions[place]
        let writer = block.writer(of: access.key, before: transaction)
        #expect(version.transaction == writer.map { Int32($0) } ?? -1)
        #expect(version.incarnation == writer.map { done.incarnations[$0] } ?? 0)
        place += 1
      }
    }
  }

  /// Never faster than lanes or the longest chain of reads of what was written allow; lanes do not do more than there
  /// is time for.
  @Test(arguments: 0..<300 as Range<UInt64>)
  func optimisticIsBounded(_ number: UInt64) {
    var draw = RandomStream(seed: 6871, replication: number, name: "optimistic blocks")
    let block = KnownBlock(&draw, most: 80)
    let lanes = 1 + Int(12 * draw.uniform())
    let (done, _, incarnations) = block.optimistic(lanes: lanes, validationShare: draw.uniform())
    let path = block.longestPath(keepsVersions: true)
    #expect(done.path == path && done.time >= path)
    let used = done.laneWork + done.aborted + done.validated + done.unused
    #expect(used <= done.time * Int64(lanes) && done.unused >= 0)
    #expect(done.executions == incarnations.reduce(0) { $0 + Int($1) })
    // One lane executes in order, and nothing in vain.
    if lanes == 1 {
      #expect(done.aborted == 0 && done.time >= block.work)
    }
  }

  /// A block whose time is over has the longest prefix that was executed, and its serial part fits as well.
  @Test(arguments: 0..<300 as Range<UInt64>)
  func aBlockEndsInTime(_ number: UInt64) {
    var draw = RandomStream(seed: 11, replication: number, name: "limited blocks")
    let block = KnownBlock(&draw, most: 80)
    let lanes = 1 + Int(12 * draw.uniform())
    let share = draw.bernoulli(0.5) ? 0 : draw.uniform()
    let whole = [
      block.declared(lanes: lanes, serialShare: share),
      block.optimistic(lanes: lanes, serialShare: share).block,
    ]
    let budget = Int64(Double(whole[0].time) * 1.2 * draw.uniform())
    let cut = [
      block.declared(lanes: lanes, budget: budget, serialShare: share),
      block.optimistic(lanes: lanes, budget: budget, serialShare: share).block,
    ]
    for (whole, cut) in zip(whole, cut) {
      #expect(cut.time <= budget && cut.isLimited == (whole.time > budget))
      #expect(cut.isLimited == (cut.count < block.count))
      #expect(cut.work == block.times.prefix(cut.count).reduce(0, +))
      #expect(cut.unused >= 0)
      let used = cut.laneWork + cut.serial + cut.aborted + cut.validated + cut.unused
      #expect(used <= max(cut.time, 0) * Int64(lanes))
    }
  }

  /// Numbers of keys are those of a set in the order of their coming, block after block.
  @Test func keysAreNumbered() {
    var table = KeyTable()
    var draw = RandomStream(seed: 3, replication: 0, name: "keys")
    for _ in 0..<20 {
      var known: [UInt64] = []
      for _ in 0..<500 {
        let key = UInt64(300 * draw.uniform()) &* 0x9E37_79B9_7F4A_7C15
        let number = table.number(of: key)
        if let place = known.firstIndex(of: key) {
          #expect(number == place)
        } else {
          #expect(number == known.count)
          known.append(key)
        }
      }
      table.removeAll()
    }
  }
}
