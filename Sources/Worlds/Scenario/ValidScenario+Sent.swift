import Declarations
import Rollup
import Settlement

// Checks that what users and others send beside a rollup's operator fits into a block.

extension RollupScenario {
  /// What is sent because of those who leave, or dispute, must fit.
  func checkSent(
    _ prefix: String, _ settlement: SettlementPolicy, _ expect: inout Expectations
  ) {
    var sent: [(key: String, gas: UInt64)] = []
    if exits.happens { sent.append(("exits.gas", exits.gas)) }
    if exits.happens, exits.rule == .escape {
      sent += [("exits.request_gas", exits.requestGas), ("exits.freeze_gas", exits.freezeGas)]
    }
    if fastExits.happens, fastExits.hasProviders {
      sent.append(("fast_exits.gas", fastExits.gas))
    }
    if calls.hasMessages, hosting.isOnSettlement {
      sent.append(("calls.message_gas", calls.messageGas))
    }
    if censorship.censors && forced.rule != .none || forcesGuests {
      sent.append(("forced.gas", forced.gas))
      if forced.rule == .transaction { sent.append(("forced.forcing_gas", forced.forcingGas)) }
    }
    if upgrades.replaces { sent.append(("upgrades.gas", upgrades.gas)) }
    if disputesHappen {
      sent += [
        ("dispute.move_gas", disputes.moveGas), ("dispute.step_gas", disputes.stepGas),
        ("dispute.timeout_gas", disputes.timeoutGas),
      ]
    }
    for (key, gas) in sent {
      expect(
        gas <= settlement.mostGasOfTransaction,
        ["\(prefix)\(key)", "settlement.transaction_gas", "settlement.gas_limit"],
        "expected what fits into a transaction and a block")
    }
  }
}

extension RollupScenario {
  /// Who leaves because of upgrades needs some, and what those stop must have one operator.
  func checkUpgrades(_ expect: inout Expectations) {
    expect(
      !exits.followsUpgrades || upgrades.happens,
      ["exits.trigger", "upgrades.attack", "upgrades.per_year"],
      "expected time, or upgrades that somebody makes")
    expect(
      !upgrades.halts || !sequencerSet.isSet, ["upgrades.per_year", "sequencer.set.kind"],
      "expected upgrades that stop nothing where blocks are made in turn")
    expect(
      !exits.asksBridge || !disputesHappen, ["exits.rule", "adversary.plan"],
      "expected escape or forced: who leaves by the bridge while claims are disputed is not simulated"
    )
  }
}
