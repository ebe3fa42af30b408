import EventKernel
import Testing
import Tracing
import Worlds

/// Single stories in the table of a trace.
@Suite struct TraceStoryTests {
  /// What a re-org dropped shows both of its blocks: it waits, is in a block, waits again, and so on.
  @Test(arguments: ["re-orgs", "re-orgs of assertions"])
  func whatIsDroppedIsShownTwice(_ name: String) throws {
    let rows = try Traced(name).rows
    let parts = Dictionary(grouping: rows.filter { !$0["parent_id"].isEmpty }) { $0["parent_id"] }
    let dropped = rows.filter { $0.kind == "finality" && $0["state"] == "dropped" }
    #expect(dropped.contains { $0["carries"] == "data" })
    for whole in rows where whole.kind == "host_transaction" && whole["state"] == "done" {
      let stages = try #require(parts[whole["id"]]).filter { $0.kind != "replacement" }
      #expect(stages.first?.time == whole.time && stages.last?.end == whole.end)
      for (index, stage) in stages.enumerated() {
        #expect(stage.kind == (index % 2 == 0 ? "inclusion" : "finality"))
        let isLast = index == stages.count - 1
        #expect(stage["state"] == (index % 2 == 0 || isLast ? "done" : "dropped"))
        let end = try #require(stage.end)
        if !isLast { #expect(abs(end - stages[index + 1].time) < 1e-6) }
      }
    }
    #expect(rows.contains { $0.kind == "reorg" })
  }

  /// A batch of a layer 3 comes into a block of its host, and with a batch of the host into a slot.
  @Test func aLayerIsFollowedThroughItsHosts() throws {
    let events = try Traced("layers").viewerEvents()
    func name(_ event: [String: Any]) -> String? {
      (event["args"] as? [String: Any])?["name"] as? String
    }
    var processes: [Int: String] = [:]
    for event in events where event["name"] as? String == "process_name" {
      let process = try #require(event["pid"] as? Int)
      processes[process] = name(event)
    }
    let steps = events.filter { $0["name"] as? String == "batch 1 of three" }
    let passed = steps.compactMap { ($0["pid"] as? Int).flatMap { processes[$0] } }
    let firsts = passed.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    #expect(firsts == ["three", "two", "one", "settlement chain"])
    let sequencers = events.filter {
      $0["name"] as? String == "thread_name" && name($0) == "sequencer"
    }.compactMap { $0["tid"] as? Int }
    let blocks = steps.filter { ($0["tid"] as? Int).map(sequencers.contains) ?? false }
    #expect(
      blocks.compactMap { ($0["pid"] as? Int).flatMap { processes[$0] } }.starts(
        with: ["two", "one"]), "a block of each host")
  }

  @Test func aChangeOfTermsIsAnInstant() throws {
    let changes = try Traced("changes").rows.filter { $0.kind == "terms_changed" }
    #expect(changes.map(\.time) == [600])
    #expect(changes.first?["terms"] == "blobs" && changes.first?["state"] == "instant")
  }

  @Test func aServiceHasTheProofsOfAll() throws {
    let traced = try Traced("a service")
    let proofs = traced.rows.filter { $0.kind == "proving" }
    #expect(proofs.allSatisfy { $0["process"] == "sharp" })
    #expect(Set(proofs.map { $0["rollup"] }) == ["a", "b"])
    let lanes = try traced.viewerEvents().filter { event in
      event["name"] as? String == "thread_name"
        && ((event["args"] as? [String: Any])?["name"] as? String)?.hasPrefix("provers") == true
    }
    #expect((1...4).contains(lanes.count), "a lane for each prover that worked")
  }

  @Test func depositsAreCredited() throws {
    let traced = try Traced("re-orgs")
    let deposits = traced.rows.filter { $0.kind == "deposit" && $0["state"] == "done" }
    let sent = traced.rows.filter {
      $0.kind == "host_transaction" && $0["carries"] == "deposit"
    }
    #expect(sent.count > 20 && Set(deposits.map { $0["number"] }) == Set(sent.map { $0["number"] }))
  }

  /// The first transaction of a batch is the first one that is measured where all are.
  @Test func aTransactionIsTheFirstOfItsBlock() throws {
    var options = Trace.Options()
    options.followed = 3
    let rows = try Traced("optimism-bedrock", options).rows
    let batches = rows.filter { $0.kind == "batch" }
    let followed = rows.filter { $0.kind == "transaction" }
    #expect(followed.count == 3 * batches.count)
    let blocks = rows.filter { $0.kind == "l2_block" }
    for transaction in followed {
      let block = try #require(blocks.first { $0.end == transaction.end })
      #expect(transaction.time <= block.time)
    }
  }
}
