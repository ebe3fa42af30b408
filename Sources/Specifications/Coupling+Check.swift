import Catalogue
import Designs

extension Experiment {
  /// Checks that replications fill groups, and that there is something to sample.
  ///
  /// - Parameter unknowns: the most unknown figures that a point has.
  func checkCoupling(unknowns: Int) throws(InvalidInput) {
    func refuse(_ path: String, _ message: String) throws(InvalidInput) {
      throw InvalidInput([spec.problem(path, message)])
    }
    let (size, groups) = (spec.coupling.groupSize, spec.coupling.groups.lowercased())
    if spec.replications % size != 0 {
      try refuse(
        "replications",
        "\(spec.replications) make no whole number of \(groups); expected a multiple of \(size)")
    }
    guard case .sampled(let sampling) = spec.coupling else { return }
    if unknowns == 0 {
      try refuse(
        "random.sampling",
        "nothing is drawn at the points of '\(sampling.name)': no point of the design has an unknown "
          + "figure")
    }
    if let limit = sampling.factorLimit, unknowns > limit {
      try refuse(
        "random.sampling",
        "'\(sampling.name)' has at most \(limit) dimensions; a point has \(unknowns) unknown figures"
      )
    }
  }
}
