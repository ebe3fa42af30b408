/// How well a figure is known.
public enum Evidence: String, CaseIterable, Sendable {
  /// Read from chain data, a benchmark or an incident report.
  case measured
  /// A constant in a contract, client, specification or official document.
  case documented
  /// Computed from documented values.
  case derived
  /// Set by the user.
  case chosen
  /// Secondary, approximate or inferred.
  case estimated
  /// Chosen here because no figure was looked for or applies; part of the base case.
  case assumed
  /// Looked for and not found: a range, never a guess.
  case unknown

  /// What a measure rests on at worst, in three steps.
  public var basis: Basis {
    switch self {
    case .measured, .documented, .derived, .chosen: .documented
    case .estimated, .assumed: .estimated
    case .unknown: .unknown
    }
  }
}

/// What a measure rests on at worst.
public enum Basis: String, Comparable, Sendable {
  /// Every figure behind it is measured, documented or set by the user.
  case documented
  /// Some figure behind it is estimated or assumed.
  case estimated
  /// Some figure behind it is unknown, so a range was drawn from.
  case unknown

  private var rank: Int {
    switch self {
    case .documented: 0
    case .estimated: 1
    case .unknown: 2
    }
  }

  /// Whether `lhs` is better founded than `rhs`.
  public static func < (lhs: Basis, rhs: Basis) -> Bool { lhs.rank < rhs.rank }
}

/// Where the value of a parameter comes from.
///
/// A class, so that a hundred thousand design points share what their presets say.
public final class Provenance: Sendable {
  /// The preset, file or option that set it.
  public let origin: String
  /// How well it is known.
  public let flag: Evidence
  /// Codes of its sources in the calibration page; empty if there are none.
  public let source: String
  /// When it held; empty if unknown.
  public let date: String
  /// What else to know about it; empty if nothing.
  public let note: String
  /// The range of a value that is unknown, in base units.
  public let range: ClosedRange<Double>?

  /// Describes an origin.
  public init(
    origin: String, flag: Evidence, source: String = "", date: String = "", note: String = "",
    range: ClosedRange<Double>? = nil
  ) {
    self.origin = origin
    self.flag = flag
    self.source = source
    self.date = date
    self.note = note
    self.range = range
  }

  /// What pilot runs of the experiment find.
  static let pilotRuns = Provenance(origin: "pilot runs", flag: .derived)

  /// The documented base case.
  static let baseCase = Provenance(
    origin: "base case", flag: .assumed, note: "see the assumptions page of the handbook")
}
