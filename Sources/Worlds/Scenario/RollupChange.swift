import Declarations
import EventKernel
import Rollup

/// A change of what a rollup does, at a date: its contracts are upgraded, or its operator posts otherwise.
///
/// It says only what differs from the terms before it.
public struct RollupChange: Hashable, Sendable {
  /// Its name.
  public let name: String
  /// When it takes effect [Unix seconds].
  public var time: Int64 = 0
  /// What it sets, by the place in `RollupScenario.changeable`, in that order.
  private var settings: [Setting] = []

  private struct Setting: Hashable {
    let place: Int
    let value: ParameterValue
  }

  /// A change of nothing.
  public init(name: String) { self.name = name }

  /// The value of a parameter from then on; nil where the terms before it go on.
  subscript(place: Int) -> ParameterValue? {
    get { settings.first { $0.place == place }?.value }
    set {
      settings.removeAll { $0.place == place }
      guard let newValue else { return }
      let setting = Setting(place: place, value: newValue)
      settings.insert(setting, at: settings.firstIndex { $0.place > place } ?? settings.endIndex)
    }
  }

  /// Writes what it sets into terms.
  func apply(to terms: inout RollupScenario) {
    for setting in settings {
      RollupScenario.changeable[setting.place].write(&terms, setting.value)
    }
  }
}

extension RollupScenario {
  /// The parts of a rollup that a change can be about.
  private static let changeableParts: Set = [
    "sequence", "poster", "proposer", "prover", "bridge", "bid", "fees",
  ]

  /// Whether a change can set what stands at a path below a rollup.
  static func canChange(_ path: Substring) -> Bool {
    changeableParts.contains(String(path.prefix { $0 != "." }))
  }

  /// What a change can set.
  public static let changeable: [PartParameter<RollupScenario>] = parameters.filter {
    canChange($0.path[...])
  }

  /// What holds before the first change, and after each.
  var terms: [RollupScenario] {
    changes.reduce(into: [self]) { all, change in
      var next = all[all.count - 1]
      change.apply(to: &next)
      all.append(next)
    }
  }

  /// The place of the terms that hold at `time` [Unix seconds].
  func place(ofTermsAt time: Int64) -> Int { changes.count { $0.time <= time } }

  /// The rollup as it is at `time` [Unix seconds].
  func terms(at time: Int64) -> RollupScenario {
    changes.prefix(place(ofTermsAt: time)).reduce(into: self) { $1.apply(to: &$0) }
  }

  /// What a scenario says about the change at a place.
  ///
  /// - Parameter name: that of the change.
  static func parameters(ofChange number: Int, called name: String) -> [PartParameter<
    RollupScenario
  >] {
    let time = PartParameter<RollupScenario>.whole(
      "time", .instant, \.changes[number].time,
      "When the change takes effect, in Unix seconds.")
    let others = changeable.enumerated().map { place, parameter in
      PartParameter<RollupScenario>(
        path: parameter.path, kind: parameter.kind, summary: parameter.summary,
        affects: parameter.affects, read: { $0.changes[number][place] },
        write: { $0.changes[number][place] = parameter.normal($1) }
      ).titled("\(parameter.title), from \(name) on").used { rollup in
        rollup.changes[number][place] != nil
          && rollup.terms[(number + 1)...].contains(where: parameter.isUsed)
      }
    }
    return ([time] + others).map { $0.lifted(under: "changes.\(name)", to: \.self) }
  }
}

extension PartParameter<RollupScenario> {
  /// What a rollup makes of a value: whole numbers are rounded.
  public func normal(_ value: ParameterValue) -> ParameterValue {
    var rollup = RollupScenario.baseCase
    write(&rollup, value)
    return read(rollup) ?? value
  }
}
