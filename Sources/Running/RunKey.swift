import Catalogue
import Declarations
import Designs
import Digest
import EventKernel
import Specifications
import Worlds

extension Experiment {
  /// Names everything that the results of a point's runs depend on: the resolved scenario, the seed,
  /// the program and the libraries beneath it, and which fees are noted.
  ///
  /// Only what differs from the base case is written out: the program's own part stands for the rest.
  /// So an edit of a specification changes the keys of those points whose scenario it changes.
  func key(of point: Point) -> [UInt8] {
    var text = Self.programKey + "\nseed \(point.seed)"
    if spec.coupling != .independent { text += "\nreplications \(spec.coupling.text)" }
    if let paths = spec.feePaths {
      text += "\nfees \(paths.interval.nanoseconds) \(paths.replications)"
    }
    let shape = point.resolved.shape
    if shape.isNamed { text += "\nrollups \(shape.rollups) services \(shape.services)" }
    let base = shape === WorldShape.single ? Self.baseValues : shape.baseValues
    for index in shape.parameters.indices where point.resolved.isSet(at: index) {
      let range = point.resolved.provenance(at: index).range
      let value = shape.parameters[index].read(point.resolved.scenario)
      if range == nil, value == base[index] { continue }
      text += "\n\(shape.parameters[index].path) \(point.resolved.valueText(index))"
    }
    return SHA256.bytes(of: Array(text.utf8))
  }

  private static let baseValues = WorldShape.single.baseValues

  private static let programKey =
    "\(Catalogue.sourceDigest) \(Program.modelVersion) \(Platform.current.json.text)"
}

extension WorldShape {
  /// The values of the base case.
  fileprivate var baseValues: [ParameterValue?] { parameters.values(in: baseCase) }
}
