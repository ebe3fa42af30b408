import Declarations
import Worlds

extension ResolvedScenario {
  /// Makes what a preset says of a rollup its terms from a change on.
  ///
  /// They are those that the scenario would have with this preset from the start: its figures, or those of
  /// the base case, under what the scenario sets for all of its time. Only what differs from the terms
  /// before becomes part of the change, so that an unknown figure that goes on is drawn once.
  ///
  /// - Parameter lineage: the preset behind those that it builds on; empty if the change names none.
  mutating func apply(
    _ lineage: [Preset], to change: WorldShape.Change, _ request: ScenarioRequest
  ) {
    guard !lineage.isEmpty else { return }
    let rollup = change.rollup.isEmpty ? "" : "\(WorldShape.path(ofRollup: change.rollup))."
    let chosen = Set(request.settings.map(\.parameter))
    let entries = Dictionary(
      lineage.flatMap(\.entries).map { (Parameter.all[$0.parameter].path, $0) },
      uniquingKeysWith: { $1 })
    for parameter in RollupScenario.changeable {
      guard let own = shape.index(of: rollup + parameter.path), !chosen.contains(own),
        let place = shape.index(of: "\(change.path).\(parameter.path)")
      else { continue }
      let before = figure(before: change, of: parameter.path, own, chosen)
      let entry = entries[parameter.path]
      let provenance = entry?.provenance ?? .baseCase
      let value = entry?.value ?? shape.parameters[own].read(shape.baseCase)
      guard let value, before.value != parameter.normal(value) || before.range != provenance.range
      else { continue }
      set(place, value, provenance)
    }
  }

  /// What holds of a parameter before a change.
  private func figure(
    before change: WorldShape.Change, of path: String, _ own: Int, _ chosen: Set<Int>
  ) -> (value: ParameterValue?, range: ClosedRange<Double>?) {
    let earlier = shape.changes(of: change.rollup).prefix { $0 != change }
    for change in earlier.reversed() {
      guard let place = shape.index(of: "\(change.path).\(path)") else { continue }
      // What the scenario sets is written later, over presets.
      if chosen.contains(place) { return (nil, nil) }
      guard isSet(at: place) else { continue }
      return (shape.parameters[place].read(scenario), provenance(at: place).range)
    }
    return (shape.parameters[own].read(scenario), provenance(at: own).range)
  }
}
