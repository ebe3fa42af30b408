import EventKernel
import Ledger

/// What the transactions of a planned stretch pay for their data, as prices change while it lasts.
struct StretchFees {
  /// What those have paid whose blocks are over.
  private(set) var charged = DataCharge()
  private var cohorts: [SizedCohort] = []
  /// The first that has blocks to come.
  private var next = 0

  /// Takes in a cohort, behind the others.
  mutating func add(_ cohort: SizedCohort) { cohorts.append(cohort) }

  /// Whether no cohort was taken in.
  var isEmpty: Bool { cohorts.isEmpty }

  /// Charges those that are submitted before an instant, and were not charged before.
  mutating func charge(
    by rate: DataFeeRate, before instant: SimTime, _ sizes: inout CohortSizes
  ) {
    while next < cohorts.count, cohorts[next].from < instant {
      guard cohorts[next].to > instant else {
        charged.add(cohorts[next].size, by: rate)
        next += 1
        continue
      }
      let parts = sizes.cut(cohorts[next], at: instant)
      charged.add(parts.left.size, by: rate)
      cohorts[next] = parts.right
    }
  }

  /// Forgets all of it, for the next stretch.
  mutating func clear() {
    charged = DataCharge()
    cohorts.removeAll(keepingCapacity: true)
    next = 0
  }
}

/// What several transactions pay for their data, and how much that is.
public struct DataCharge: Hashable, Sendable {
  /// What they pay.
  public private(set) var fee = Wei.zero
  /// Their size together, in the unit of the rule.
  public private(set) var size: UInt128 = 0

  /// Nothing.
  public init() {}

  mutating func add(_ size: UInt128, by rate: DataFeeRate) {
    self.size += size
    fee += rate.charge(size)
  }
}
