extension Oracle {
  /// Oracles of the rollup and its settlement chain beside those of the protocol.
  static let rollupParts: [Oracle] = [
    periodicWaits, fullBlocks, batchTriggers, postingCost, postingPolicies,
    postingThresholds, postingSavings, blobsOrCalldata, residualLife,
    censoredInclusion, outageAvailability, backlog, baseFeeWalk, demandProcess, calldataGas,
    nitroFeeCap, depositDelay, scalingTable, proverPipeline, proverPool, proverFanOut, proofTree,
    proofRace, sharedProof, sharedBlobs, proofCost, finalityLadder, serviceOfTwo,
    serviceClassesOfTwo,
    serviceOfOne, serviceClassesOfOne, safeDeposits, publishedLoads, publishedDataCost,
    distinctSlots, committeeAvailability, celestiaFee, blobRetention, massExit, disputeGames, dave,
    watchers, fastExits, machines, forcedInclusion, parallelExecution, ordering, sequencerSets,
    gasMarket, dataFees, upgrades, calls, layers,
  ]
}
