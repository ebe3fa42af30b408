/// One figure of a run: its name, unit and meaning, and how it is read off.
///
/// A part declares its measures about its own policy and record; the whole that has the part lifts
/// them.
public struct PartMeasure<Policy, Record>: Sendable {
  /// snake_case: `group_measure_unit[_statistic]`.
  public let name: String
  /// SI unit; 1 for a plain number.
  public let unit: String
  /// What axes and legends call it, without its unit.
  public let title: String
  /// What it says, in one sentence.
  public let meaning: String
  /// The group that its name begins with.
  public let group: MeasureGroup
  /// What can move it.
  public private(set) var rests: Rests
  /// The smallest amounts that it is the sum of, by names that other sums use too; empty for no sum.
  ///
  /// Measures that have one in common count it twice if they are added.
  public private(set) var portions: Set<String>
  @usableFromInline var reader: Reader
  private var mean: Mean

  @usableFromInline
  typealias Reader = @Sendable (UnsafePointer<Policy>, UnsafePointer<Record>) -> Double?
  private typealias Mean = @Sendable (UnsafePointer<Policy>) -> Double?

  /// The parts whose parameters can move a measure.
  public enum Rests: Hashable, Sendable {
    /// All that a transaction has passed when this part is done with it; nil for the measure's own.
    case journey(through: String?, also: Set<String> = [])
    /// These alone.
    case parts(Set<String>)

    /// All that a transaction has passed when the measure's own part is done with it.
    public static var journey: Rests { .journey(through: nil) }
  }

  /// Declares a measure.
  ///
  /// - Parameter title: nil for the first clause of its meaning.
  public init(
    _ group: MeasureGroup, _ rest: String, title: String? = nil, unit: String,
    rests: Rests = .journey, _ meaning: String,
    knownMean: @escaping @Sendable (Policy) -> Double? = { _ in nil },
    value: @escaping @Sendable (Policy, Record) -> Double?
  ) {
    self.init(
      name: "\(group.rawValue)_\(rest)", unit: unit, title: title ?? meaning.firstClause,
      meaning: meaning, group: group, rests: rests, portions: [],
      reader: { lend($0, $1, to: value) }, mean: { lend($0, to: knownMean) })
  }

  private init(
    name: String, unit: String, title: String, meaning: String, group: MeasureGroup,
    rests: Rests, portions: Set<String>, reader: @escaping Reader, mean: @escaping Mean
  ) {
    self.name = name
    self.unit = unit
    self.title = title
    self.meaning = meaning
    self.group = group
    self.rests = rests
    self.portions = portions
    self.reader = reader
    self.mean = mean
  }

  /// Its value in a run; nil where it does not apply.
  public func value(_ policy: Policy, _ record: Record) -> Double? {
    [self].values(of: policy, record)[0]
  }

  /// Its expectation over all replications; nil where it is not known without runs, or where all runs
  /// have the same value.
  public func knownMean(_ policy: Policy) -> Double? { withUnsafePointer(to: policy, mean) }

  /// The same measure, of a whole that has the part.
  ///
  /// - Parameter name: what the part is called in the whole.
  public func lifted<WholePolicy, WholeRecord>(
    under name: String, policy: KeyPath<WholePolicy, Policy> & Sendable,
    record: KeyPath<WholeRecord, Record> & Sendable
  ) -> PartMeasure<WholePolicy, WholeRecord> {
    let (policy, record) = (PartView(policy), PartView(record))
    let rests: PartMeasure<WholePolicy, WholeRecord>.Rests =
      switch rests {
      case .journey(let part, let also): .journey(through: part ?? name, also: also)
      case .parts(let parts): .parts(parts)
      }
    return PartMeasure<WholePolicy, WholeRecord>(
      name: self.name, unit: unit, title: title, meaning: meaning, group: group, rests: rests,
      portions: portions,
      reader: { [reader] wholePolicy, wholeRecord in
        policy.read(in: wholePolicy) { policy in
          record.read(in: wholeRecord) { record in reader(policy, record) }
        }
      },
      mean: { [mean] in policy.read(in: $0, mean) })
  }

  /// The same measure, which is the sum of these amounts.
  public func summing(_ portions: [String]) -> PartMeasure {
    var measure = self
    measure.portions = Set(portions)
    return measure
  }

  /// The same measure, which has a value only where `condition` holds.
  public func applies(when condition: @escaping @Sendable (Policy) -> Bool) -> PartMeasure {
    var measure = self
    measure.reader = { [reader] in lend($0, to: condition) ? reader($0, $1) : nil }
    measure.mean = { [mean] in lend($0, to: condition) ? mean($0) : nil }
    return measure
  }
}

extension Array {
  /// The value of each of these measures in a run; nil where one does not apply.
  @inlinable
  public func values<Policy, Record>(of policy: Policy, _ record: Record) -> [Double?]
  where Element == PartMeasure<Policy, Record> {
    withUnsafePointer(to: policy) { policy in
      withUnsafePointer(to: record) { record in
        indices.map { self[$0].reader(policy, record) }
      }
    }
  }

  /// The same measures, of a whole that has their part.
  public func lifted<Policy, Record, WholePolicy, WholeRecord>(
    under name: String, policy: KeyPath<WholePolicy, Policy> & Sendable,
    record: KeyPath<WholeRecord, Record> & Sendable
  ) -> [PartMeasure<WholePolicy, WholeRecord>] where Element == PartMeasure<Policy, Record> {
    map { $0.lifted(under: name, policy: policy, record: record) }
  }

  /// The same measures, which have values only where `condition` holds.
  public func applies<Policy, Record>(
    when condition: @escaping @Sendable (Policy) -> Bool
  ) -> [PartMeasure<Policy, Record>] where Element == PartMeasure<Policy, Record> {
    map { $0.applies(when: condition) }
  }
}

/// A share, or nil if there is nothing to be a share of.
public func share(_ part: Double, of whole: Double) -> Double? { whole > 0 ? part / whole : nil }
