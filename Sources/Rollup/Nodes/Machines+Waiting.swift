import EventKernel
import Statistics

// What waits for machines that are down, and what a run is told of it.

extension Machines {
  /// Whether nobody makes the block that is due; it is made when somebody sequences again.
  public mutating func missesBlock() -> Bool {
    owesBlock = !isSequencing
    return owesBlock
  }

  /// Whether a batch has to wait for the machine that hands it over.
  public mutating func delays(batch number: Int) -> Bool {
    guard !isPosting else { return false }
    delayed.append(number)
    return true
  }

  /// The batch that has waited longest for that machine, which is up; nil if none waits.
  public mutating func takeDelayed() -> Int? {
    guard let number = delayed.head else { return nil }
    delayed.removeFirst()
    return number
  }

  /// How many batches wait for it.
  public var delayedCount: Int { delayed.count }

  /// Notes how many measured transactions wait for an operator who has stopped for good, once no more come.
  public mutating func strand(_ count: Int) { record.stranded = count }

  /// Notes that transactions are confirmed, in blocks that are invalid where more than two thirds have a bug.
  public mutating func noteConfirmed(_ count: Int, at now: SimTime) {
    record.confirm(count, isInvalid: agreesOnInvalid, at: now)
  }

  /// Notes how many transactions were confirmed and not handed over when a machine failed.
  public mutating func noteUnposted(_ count: Int, at now: SimTime) {
    record.fail(unposted: count, at: now)
  }

  /// Notes how many transactions wait when sequencing resumes, or are left after a block.
  public mutating func noteBacklog(_ count: Int, at now: SimTime) {
    record.backlog(count, at: now)
  }

  /// Notes transactions whose confirmations are lost.
  ///
  /// - Parameters:
  ///   - count: all of them.
  ///   - measured: the measured ones among them.
  public mutating func noteLost(_ count: Int, measured: SubmissionProfile, at now: SimTime) {
    record.lose(count, measured, at: now)
  }
}
