import Catalogue
import Declarations
import Worlds

extension ResolvedScenario {
  /// The value of a parameter as text, or the range of an unknown one.
  public func valueText(_ index: Int) -> String {
    let parameter = shape.parameters[index]
    if let range = provenance(at: index).range {
      let unit = parameter.kind.unit.isEmpty ? "" : " \(parameter.kind.unit)"
      return "\(range.lowerBound.shortest) to \(range.upperBound.shortest)\(unit)"
    }
    return parameter.read(scenario)?.text(in: parameter.kind) ?? ""
  }
}
