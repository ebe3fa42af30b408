import EventKernel
import Testing
import Worlds

/// What the table says, put together again, is what the run measured.
@Suite struct TraceMeasureTests {
  /// Recording changes nothing: every measure, the number of events and the fingerprint are those of the
  /// run without it.
  @Test(arguments: Traced.names)
  func aRunIsNotChangedByBeingRecorded(_ name: String) throws {
    let traced = try Traced(name)
    #expect(try traced.trace.outcome?.get() == traced.plain)
  }

  @Test(arguments: Traced.names)
  func theTableGivesTheMeasures(_ name: String) throws {
    let traced = try Traced(name)
    let rows = traced.rows
    for (place, rollup) in traced.scenario.rollups.enumerated() {
      let label = rollup.name.isEmpty ? "rollup" : rollup.name
      let own = rows.filter { $0["rollup"] == label }
      try Self.checkBatches(own, traced, place)
      try Self.checkInclusion(own, traced, place)
      if rollup.sequence.isProved { try Self.checkProofs(own, traced, place) }
    }
    Self.checkSlots(rows, traced)
  }

  private static func isMeasured(_ time: Double, _ traced: Traced) -> Bool {
    traced.scenario.warmUp.seconds <= time && time < traced.scenario.horizon.seconds
  }

  private static func isNear(_ value: Double?, _ expected: Double?) -> Bool {
    guard let value, let expected else { return value == expected }
    return abs(value - expected) <= 1e-9 * max(abs(expected), 1)
  }

  private static func mean(_ values: [Double]) -> Double? {
    values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
  }

  private static func checkBatches(_ rows: [Row], _ traced: Traced, _ place: Int) throws {
    let batches = rows.filter { $0.kind == "batch" && $0["state"] == "done" }
    let closed = batches.filter { $0.end.map { isMeasured($0, traced) } ?? false }
    #expect(Double(closed.count) == traced.measure("batch_closed_count", of: place))
    let sizes = closed.compactMap { $0.number("transactions") }
    #expect(isNear(mean(sizes), traced.measure("batch_size_tx_mean", of: place)))
    let measured = batches.compactMap { $0.number("measured_transactions") }.reduce(0, +)
    let window = (traced.scenario.horizon - traced.scenario.warmUp).seconds
    let offered = try #require(traced.measure("throughput_offered_tx_per_s", of: place))
    let stranded = traced.measure("availability_stranded_count", of: place) ?? 0
    #expect(isNear(measured, offered * window - stranded), "\(measured)")
    let blocks = rows.filter { $0.kind == "l2_block" }
    let inBlocks = blocks.compactMap { $0.number("transactions") }.reduce(0, +)
    let inBatches = batches.compactMap { $0.number("transactions") }.reduce(0, +)
    // The rest is in the batch that was open when the run ended.
    let isOpen = rows.contains { $0.kind == "batch" && $0["state"] == "open" }
    #expect(isOpen ? inBlocks > inBatches : inBlocks == inBatches)
  }

  /// From the handing over to the last inclusion, of what measured transactions are in.
  private static func checkInclusion(_ rows: [Row], _ traced: Traced, _ place: Int) throws {
    let ofRollup = ["data_part", "data", "state_claim", "proof", "proven_data", "execution"]
    var last: [String: Row] = [:]
    for row in rows where row.kind == "finality" && row["state"] == "done" {
      last[row["parent_id"]] = row
    }
    let whole = rows.filter {
      $0.kind == "host_transaction" && $0["state"] == "done" && ofRollup.contains($0["carries"])
        && $0.number("measured_transactions") != 0
    }
    let delays = try whole.map { try #require(last[$0["id"]]).time - $0.time }
    #expect(isNear(mean(delays), traced.measure("inclusion_delay_s_mean", of: place)))
    // All of the window is one update of ImmutableX, in one transaction.
    #expect(
      delays.count >= (["starkex-immutablex", "orbis", "layer3-nft"].contains(traced.name) ? 1 : 2))
  }

  private static func checkProofs(_ rows: [Row], _ traced: Traced, _ place: Int) throws {
    let begun = rows.filter { $0.kind == "proof_queue" }
    let proved = rows.filter { $0.kind == "proving" && $0["state"] == "done" }
    #expect(!begun.isEmpty && begun.count >= proved.count)
    let claims = rows.filter { $0.kind == "claim" }
    let sent = rows.filter {
      $0.kind == "host_transaction" && ["proof", "proven_data"].contains($0["carries"])
    }
    let covered = claims.compactMap { $0.number("measured_transactions") }.reduce(0, +)
    let window = (traced.scenario.horizon - traced.scenario.warmUp).seconds
    let offered = try #require(traced.measure("throughput_offered_tx_per_s", of: place))
    #expect(isNear(covered, offered * window))
    // After re-orgs a claim can be sent again; the last can be on their way to a host that takes nothing.
    let (known, all) = (Set(sent.map { $0["number"] }), Set(claims.map { $0["number"] }))
    #expect(traced.name == "a host that stops" ? known.isSubset(of: all) : known == all)
  }

  private static func checkSlots(_ rows: [Row], _ traced: Traced) {
    let missed = rows.count { $0.kind == "slot_missed" && isMeasured($0.time, traced) }
    let made = rows.filter { $0.kind == "slot" && isMeasured($0.time, traced) }
    #expect(
      isNear(
        Double(missed) / Double(missed + made.count), traced.measure("fee_missed_slots_share")))
    let dropped = rows.count { $0.kind == "finality" && $0["state"] == "dropped" }
    #expect(Double(dropped) == traced.measure("inclusion_reorganised_count"))
    #expect(traced.name.hasPrefix("re-orgs") == (dropped > 0))
  }
}
