import Declarations
import Rollup
import Settlement

/// What a measure is about: a rollup or a service of a world, by its place in the scenario.
public enum Subject: Hashable, Sendable {
  /// A rollup.
  case rollup(Int)
  /// A service.
  case service(Int)
}

/// One figure of a run of a world: whose it is, its name, unit and meaning.
public struct Measure: Sendable {
  /// What it is about.
  public let subject: Subject
  /// What its subject is called; empty for the only rollup of a scenario that names none.
  public let subjectName: String
  /// snake_case: `group_measure_unit[_statistic]`.
  public let name: String
  /// SI unit; 1 for a plain number.
  public let unit: String
  /// What axes and legends call it, without its unit.
  public let title: String
  /// What it says, in one sentence.
  public let meaning: String
  /// The smallest amounts that it is the sum of; empty for what is no sum.
  public let portions: Set<String>
  /// The group that its name begins with.
  public let group: MeasureGroup
  private let knownMean: @Sendable (Scenario) -> Double?
  private let rests: Set<String>
  /// The parameters of its shape, in storage that all measures of the shape share: a table of which moves which
  /// would grow with the square of the rollups.
  private var parameters: [(place: ParameterPlace, affects: Set<MeasureGroup>)] = []

  private init<Policy, Record>(
    _ measure: PartMeasure<Policy, Record>, of subject: Subject, called subjectName: String,
    knownMean: @escaping @Sendable (Scenario) -> Double?
  ) {
    self.subject = subject
    self.subjectName = subjectName
    name = measure.name
    unit = measure.unit
    title = measure.title
    meaning = measure.meaning
    portions = measure.portions
    group = measure.group
    self.knownMean = knownMean
    rests =
      switch measure.rests {
      case .journey(let part, let also): Self.journey(through: part).union(also)
      case .parts(let parts): parts
      }
  }

  /// Its expectation over all replications of a scenario; nil where it is not known without runs, or
  /// where all runs have the same value.
  public func knownMean(in scenario: Scenario) -> Double? { knownMean(scenario) }

  /// Whether `pattern` names this measure: exactly, without the `_mean` at its end, or with `*`.
  public func matches(_ pattern: String) -> Bool { name.isMeasure(named: pattern) }

  /// Whether the parameter at a place of its shape can move it.
  public func isMoved(byParameterAt index: Int) -> Bool {
    isMoved(by: parameters[index].place, affecting: parameters[index].affects)
  }

  /// The same measure, in a shape with these parameters.
  func among(_ parameters: [(place: ParameterPlace, affects: Set<MeasureGroup>)]) -> Measure {
    var measure = self
    measure.parameters = parameters
    return measure
  }

  /// Other rollups move what theirs does on the settlement chain, as light ones do.
  private func isMoved(by place: ParameterPlace, affecting groups: Set<MeasureGroup>) -> Bool {
    guard groups.contains(group) else { return false }
    return switch place.owner {
    case .world: rests.contains(place.part)
    case .service: rests.contains(place.part)
    case .rollup(subjectName): rests.contains(place.part)
    case .rollup: rests.contains("neighbours")
    }
  }
}

/// Whose a parameter is, and of which part.
struct ParameterPlace {
  /// What has parameters.
  enum Owner: Hashable {
    /// The world, or its only rollup.
    case world
    /// A rollup with a name.
    case rollup(String)
    /// A service.
    case service
  }

  let owner: Owner
  let part: String

  init(_ path: String) {
    var words = path.utf8.split(separator: UInt8(ascii: ".")).map { String(Substring($0)) }
    switch words[0] {
    case "rollups":
      owner = .rollup(words[1])
      words.removeFirst(2)
    case "services":
      owner = .service
      // Blobs that are shared are part of posting, all else of proving.
      words = [words[2] == "shared_blobs" ? "poster" : "prover"]
    default: owner = .world
    }
    // What a change sets moves what the same moves from the start; its date what the poster moves.
    if words[0] == "changes" { words = words[2] == "time" ? ["poster"] : Array(words[2...]) }
    part = words[0]
  }
}

extension Measure {
  /// The parts of a transaction's journey, in order: what each has passed when a part is done with it.
  private static let journey = [
    "workload", "ordering", "searchers", "spam", "execution", "sequencer", "data", "poster", "host",
    "host_finality", "host_pricing",
    "envelope_bytes",
    "withdrawal_gas", "settlement", "bid", "deposits", "neighbours", "proposer", "batch_fee",
    "prover", "bridge",
  ]

  /// No measure is said to rest on the sequence, or on the settings of the run.
  private static func journey(through part: String?) -> Set<String> {
    guard let part, let end = journey.firstIndex(of: part) else {
      preconditionFailure("\(part ?? "no part") is no part of the journey")
    }
    return Set(journey[...end])
  }

  /// The measures of the rollups and services with these names, in the order of rows and columns.
  static func all(rollups: [String], services: [String]) -> [Measure] {
    let ofRollups = rollups.placed.flatMap { name, place in
      RollupSummary.measures.map { measure in
        Measure(
          measure, of: .rollup(place), called: name,
          knownMean: { measure.knownMean($0.subject(place)) })
      }
    }
    let ofServices = services.placed.flatMap { name, place in
      ServiceRecord.measures.map { measure in
        Measure(
          measure, of: .service(place), called: name,
          knownMean: { measure.knownMean($0.services[place]) })
      }
    }
    return ofRollups + ofServices
  }

  /// Every measure of a scenario of one rollup, in the order of columns.
  public static var all: [Measure] { WorldShape.single.measures }

  /// The place in `all` of the measure with a name, whose `_mean` at the end may be left out; nil if
  /// there is none.
  public static func index(of name: String) -> Int? {
    indexByName[name] ?? indexByName["\(name)_mean"]
  }

  private static let indexByName = Dictionary(
    uniqueKeysWithValues: all.enumerated().map { ($1.name, $0) })

  /// The places in `all` of the measures that `pattern` names.
  public static func indices(matching pattern: String) -> [Int] {
    all.indices.filter { all[$0].matches(pattern) }
  }
}
