import Rollup

/// What holds for a rollup, read where it lies: it has some hundred numbers, and the compiler looks at each of those in
/// each function of what contains them.
///
/// Whether something happens at all is asked with each block, and answered here once, since a part of it would be
/// copied to be asked.
final class Terms: Sendable {
  let scenario: RollupScenario
  /// Whether users leave without the operator.
  let hasExits: Bool
  /// Whether anything but one operator makes blocks.
  let hasSequencerSet: Bool
  /// Whether members race to post batches.
  let racesToPost: Bool
  /// Whether those who leave do so by the bridge.
  let asksBridge: Bool
  /// Whether anybody withdraws, coins or all that he has.
  let hasWithdrawals: Bool
  /// Whether contracts are replaced, or somebody would like to.
  let hasUpgrades: Bool
  /// Whether users withdraw coins.
  let hasFastExits: Bool
  /// Whether users call another rollup.
  let hasCalls: Bool
  /// Whether there is a market whose price the settlement chain sets.
  let hasMarket: Bool
  /// Whether executing transactions takes time.
  let executes: Bool
  /// Whether blocks have another order than that of submission.
  let hasOrdering: Bool
  /// Whether users offer so much for gas and no more.
  let hasFeeCaps: Bool
  /// Whether claims are disputed.
  let hasDisputes: Bool
  /// Whether machines fail, or are stopped.
  let hasMachines: Bool
  /// Whether a bug can have machines agree on invalid blocks.
  let canBeInvalid: Bool
  /// Whether what is confirmed falls with blocks of the host.
  let followsOrigins: Bool
  /// Whether users pay for data beside gas.
  let hasDataFees: Bool
  /// Whether fees are given away.
  let givesAway: Bool
  /// Whether the operator pays for more than what the rollup does.
  let hasRent: Bool
  /// Whether his money can come to an end.
  let canFail: Bool
  /// Whether there is a token.
  let hasToken: Bool
  /// Whether proofs wait for more than that the host has the data.
  let waitsForData: Bool
  /// Whether the operator leaves users out.
  let hasCensorship: Bool
  /// Whether rollups that settle on this one have a way past its operator.
  let forcesGuests: Bool
  /// Whether anything can come through the host past the operator.
  let hasForced: Bool
  /// Whether its poster, its aggregator or who pays withdrawals out looks at the fees of the settlement chain.
  let watchesFees: Bool

  init(_ scenario: RollupScenario) {
    self.scenario = scenario
    hasExits = scenario.exits.happens
    hasSequencerSet = scenario.sequencerSet.isSet
    racesToPost = scenario.sequencerSet.kind == .race
    asksBridge = scenario.exits.asksBridge
    hasWithdrawals =
      scenario.exits.asksBridge || scenario.fastExits.happens || scenario.calls.happens
    hasUpgrades = scenario.upgrades.happens
    hasFastExits = scenario.fastExits.happens
    hasCalls = scenario.calls.happens
    hasMarket = scenario.market.exists
    executes = scenario.execution.happens
    hasOrdering = scenario.ordering.happens
    hasFeeCaps = scenario.workload.hasFeeCaps
    hasDisputes = scenario.disputesHappen
    hasMachines = scenario.machines.fail || scenario.upgrades.halts || scenario.operator.canFail
    canBeInvalid = scenario.machines.canDisagree
    hasDataFees = scenario.chargedDataFees.happens
    givesAway = scenario.operator.givesAway
    hasRent = scenario.operator.hasRent
    canFail = scenario.operator.canFail
    hasToken = scenario.token.exists
    waitsForData = scenario.waitsForData
    followsOrigins = scenario.origins.follow
    hasCensorship = scenario.censorship.censors
    forcesGuests = scenario.forcesGuests
    hasForced = hasCensorship || forcesGuests
    watchesFees =
      hasFastExits || scenario.poster.observesFees || scenario.chargedDataFees.rule.followsHost
      || scenario.sequence.isProved && scenario.prover.aggregation != .full
  }
}
