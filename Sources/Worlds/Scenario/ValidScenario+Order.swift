import Declarations
import Rollup

extension RollupScenario {
  /// States that somebody sends what the operator leaves out.
  ///
  /// - Parameter guests: the names of rollups that settle on this one.
  func checkCensorship(_ prefix: String, _ guests: [String], _ expect: inout Expectations) {
    expect(
      censorship.guests == .none || !guests.isEmpty, ["\(prefix)censorship.guests"],
      "expected none: no rollup settles on this one")
    guard censorship.censors, let kind = censorship.kind.ofClass else { return }
    expect(
      workload.mix[kind.rawValue] > 0,
      ["\(prefix)censorship.kind", "\(prefix)workload.mix.\(kind.name)"],
      "expected all or a class that users send")
  }

  /// States that blocks come at times of their own where the price of gas follows from them.
  func checkPrices(_ prefix: String, _ expect: inout Expectations) {
    expect(
      !fees.rule.followsBlocks || sequencer.sealing != .perTransaction,
      ["\(prefix)fees.rule", "\(prefix)sequencer.sealing"],
      "expected constant or arbos: with a block for each transaction there are none without gas")
  }

  /// States that blocks can be put into another order than that of submission, and have room for who minds it.
  ///
  /// - Parameter guests: the names of rollups that settle on this one.
  func checkOrder(_ prefix: String, _ guests: [String], _ expect: inout Expectations) {
    guard let path = ordering.pathOfCause else { return }
    expect(
      sequencer.sealing == .interval, ["\(prefix)\(path)", "\(prefix)sequencer.sealing"],
      "expected blocks at an interval, sequencer.sealing: interval, where the order is another than that of submission"
    )
    expect(
      !workload.hasFeeCaps, ["\(prefix)\(path)", "\(prefix)workload.classes"],
      "expected the order of submission where users offer a max_fee, first_come without searchers and spam"
    )
    expect(
      guests.isEmpty, "\(prefix)\(path)",
      "expected the order of submission on a rollup on which others settle, first_come without searchers and spam"
    )
    expect(
      ordering.rule != .batchAuction || ordering.interval >= sequencer.blockInterval,
      ["\(prefix)ordering.interval", "\(prefix)sequencer.block_interval"],
      "expected at least the time between blocks")
    let searchers = ordering.searchers
    if searchers.act {
      checkRoom(of: "searchers", gas: searchers.gas, bytes: searchers.bytes, prefix, &expect)
    }
    if ordering.spam.acts {
      checkRoom(of: "spam", gas: ordering.spam.gas, bytes: ordering.spam.bytes, prefix, &expect)
    }
  }

  private func checkRoom(
    of part: String, gas: UInt64, bytes: UInt64, _ prefix: String, _ expect: inout Expectations
  ) {
    expect(
      gas <= sequencer.blockGasLimit, ["\(prefix)\(part).gas", "\(prefix)sequencer.block_gas"],
      "expected no more gas than a block has")
    expect(
      bytes <= rawBytesLimit, ["\(prefix)\(part).bytes", "\(prefix)poster.max_bytes"],
      "expected no more bytes than a batch has room for")
  }
}

extension Ordering.Policy {
  /// The parameter because of which the order is not that of submission; nil if it is.
  var pathOfCause: String? {
    guard happens else { return nil }
    if rule != .firstCome { return "ordering.rule" }
    if searchers.act { return "searchers.count" }
    return spam.acts ? "spam.rate" : "ordering.user_latency"
  }
}
