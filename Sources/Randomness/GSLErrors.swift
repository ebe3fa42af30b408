import CGSL

/// GSL's habit of ending the process on a domain error, which is turned off before it is called.
enum GSLErrors {
  static let areOff: Bool = {
    cgsl_turn_off_error_handler()
    return true
  }()
}

/// ln Γ(x) for positive x, with Γ(1) = Γ(2) = 1 to the last bit; NaN for any other.
func logGamma(_ x: Double) -> Double {
  precondition(GSLErrors.areOff)
  return x > 0 ? gsl_sf_lngamma(x) : .nan
}

/// The integral of a function that may be singular at either end, by GSL's QAGS.
///
/// - Returns: the integral to 1e-10 of itself, or as near as 1000 intervals come.
func integral(from low: Double, to high: Double, _ function: (Double) -> Double) -> Double {
  typealias Function = (Double) -> Double
  precondition(GSLErrors.areOff)
  let limit = 1000
  guard let workspace = gsl_integration_workspace_alloc(limit) else {
    preconditionFailure("GSL could not allocate a workspace")
  }
  defer { gsl_integration_workspace_free(workspace) }
  var (result, error) = (0.0, 0.0)
  withoutActuallyEscaping(function) { function in
    var function = function
    withUnsafeMutablePointer(to: &function) { pointer in
      var integrand = gsl_function(
        function: { x, context in
          context.map { $0.assumingMemoryBound(to: Function.self).pointee(x) } ?? .nan
        }, params: pointer)
      gsl_integration_qags(&integrand, low, high, 0, 1e-10, limit, workspace, &result, &error)
    }
  }
  return result
}
