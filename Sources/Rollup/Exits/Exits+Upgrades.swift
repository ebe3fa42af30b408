import EventKernel

// Users who leave because of an upgrade, and those who withdraw as ever.

extension Exits {
  /// An upgrade is announced before which users had better leave, or a deployment to which they can move.
  ///
  /// - Returns: what somebody has to send.
  public mutating func follow(at now: SimTime) -> Step? {
    guard policy.followsUpgrades, !hasBegun else { return nil }
    return begin(at: now)
  }

  /// A block has taken what is still there; nobody leaves in it or later.
  public mutating func strike() { isStruck = true }

  /// A re-org has dropped that block.
  public mutating func takeBackStrike() { isStruck = false }

  /// That block is final.
  public mutating func endByStrike(at instant: SimTime) {
    record.strike(at: instant)
    end()
  }

  /// What they leave for is off, and who is still there stays.
  public mutating func callOff() {
    if policy.followsUpgrades { end() }
  }

  // MARK: Withdrawals as ever

  /// A block of the rollup is sealed.
  public mutating func seal(at now: SimTime) {
    guard hasBegun, !isOver else { return }
    crowd.ask(by: now)
    withdrawals.seal(crowd.asking)
  }

  /// A batch is closed that has all blocks so far.
  public mutating func close(batch: Int) { withdrawals.close(batch: batch) }

  /// The bridge pays what claims about batches say.
  public mutating func release(_ batches: Range<Int>, at now: SimTime) {
    for users in withdrawals.release(batches, at: now) { crowd.bid(users) }
  }

  /// A re-org has dropped what let them out.
  public mutating func takeBackRelease(_ batches: Range<Int>) { withdrawals.takeBack(batches) }
}
