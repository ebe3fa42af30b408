import EventKernel
import Ledger

// What transactions pay for their data: each at the rate of its block, though the blocks of a stretch are sealed at its
// end.

extension Sequencer {
  /// Has transactions pay by another rate from now on: those of blocks at this instant or later, since whatever changes
  /// prices comes before blocks of the same instant.
  public mutating func charge(
    by rate: DataFeeRate, _ workload: inout Workload, at now: SimTime
  ) {
    guard rate != dataFees else { return }
    chargeStretch(&workload, before: now)
    dataFees = rate
  }

  /// What is paid in blocks of the planned stretch before an instant.
  public mutating func charged(_ workload: inout Workload, before now: SimTime) -> DataCharge {
    chargeStretch(&workload, before: now)
    return stretchFees.charged
  }

  /// Charges the blocks of the planned stretch before an instant, at the rate that has held.
  private mutating func chargeStretch(_ workload: inout Workload, before now: SimTime) {
    guard let dataFees, let first = planned.first else { return }
    let interval = policy.blockInterval.nanoseconds
    let passed = max(now.nanoseconds - 1 - lastSeal.nanoseconds, 0) / interval
    let lastBlock = SimTime(nanoseconds: lastSeal.nanoseconds + passed * interval)
    let end = workload.cohorts.end(through: lastBlock)
    guard end > first.from else { return }
    sizeStretch(&workload, by: dataFees)
    stretchFees.charge(by: dataFees, before: end, &workload.cohorts.sizes)
  }

  /// Charges what is left of the planned stretch, which is sealed now.
  ///
  /// - Returns: what all of it pays.
  mutating func endStretchFees(_ workload: inout Workload) -> Wei {
    guard let dataFees else { return .zero }
    sizeStretch(&workload, by: dataFees)
    stretchFees.charge(by: dataFees, before: .distantFuture, &workload.cohorts.sizes)
    defer { stretchFees.clear() }
    return stretchFees.charged.fee
  }

  /// Draws how much data the cohorts of the planned stretch count for, unless that is drawn.
  private mutating func sizeStretch(_ workload: inout Workload, by rate: DataFeeRate) {
    guard stretchFees.isEmpty else { return }
    for cohort in planned { stretchFees.add(workload.cohorts.sizes.size(cohort, by: rate.sizes)) }
  }
}
