import Declarations
import Rollup
import Settlement

// Checks that a rollup can go on whose host takes nothing more from it.

extension RollupScenario {
  /// States that what this rollup sends comes into its host without the operator of that, who may leave it out.
  func checkForced(
    on host: RollupScenario, _ settlement: SettlementPolicy, _ expect: inout Expectations
  ) {
    guard host.mayLeaveGuestsOut else { return }
    expect(
      host.forced.needsNoOperator, ["host"],
      "expected a host with forced.rule transaction or derivation, whose operator stops (nodes.stops_at, "
        + "operator.cash) or leaves out what settles on it (censorship.guests): '\(host.name)' has "
        + "\(host.forced.rule.rawValue), and this rollup would wait for ever")
    expect(
      host.hosting.isOnSettlement, ["host"],
      "expected a host on the settlement chain, where forced inclusion is simulated: '\(host.name)' settles on "
        + "'\(host.hosting.host)'")
    expect(
      host.censorship.guests == .none || host.censorship.length == .zero, ["host"],
      "expected a host with censorship.for 0: once '\(host.name)' took again what settles on it, that would "
        + "overtake what is on its way through the settlement chain")
    expect(
      host.censorship.guests == .none || !host.maySequenceNoMore, ["host"],
      "expected a host that leaves out what settles on it or one that stops: '\(host.name)' does both, which is "
        + "not simulated")
    expect(
      !calls.happens, ["calls.rate", "host"],
      "expected no calls: those of a rollup that '\(host.name)' leaves out are not simulated")
    expect(
      host.censorship.guests != .none || host.sequencer.blockNumber == .host
        || host.forced.rule == .derivation || sequence.isProved || bridge.challengeBlocks == 0,
      ["bridge.challenge_blocks", "host"],
      "expected a delay in time, or sequencer.block_number host of '\(host.name)': it makes no blocks once its "
        + "operator has stopped")
    let most = settlement.calldata.gas(ofMessage: host.forced.gas, carrying: mostBytesToHost)
    expect(
      most <= settlement.mostGasOfTransaction,
      ["poster.calldata_bytes", "envelope_bytes", "host", "settlement.transaction_gas"],
      "expected messages of at most the \(settlement.mostGasOfTransaction) gas of a settlement transaction, "
        + "through which all goes that '\(host.name)' leaves out; one takes \(most)")
  }
}

extension CalldataRule {
  /// Gas of a message that takes `gas` without calldata, with so many bytes of it, none of them zero.
  func gas(ofMessage gas: UInt64, carrying bytes: UInt64) -> UInt64 {
    gas + self.gas(zeroBytes: 0, nonZeroBytes: bytes, execution: gas)
      - self.gas(zeroBytes: 0, nonZeroBytes: 0, execution: gas)
  }
}
