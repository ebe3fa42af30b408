import CGSL

/// The simplex method of Nelder and Mead as GSL implements it (`nmsimplex2`): it needs no derivative,
/// and with common random numbers a simulated measure is a function like any other.
struct NelderMead {
  /// So many evaluations at most.
  let evaluations: Int
  /// The simplex is small enough when its mean distance from its centre is below this.
  let tolerance: Double

  /// Looks for the lowest value of `function` near `start`.
  ///
  /// - Parameters:
  ///   - step: the size of the first simplex along each axis.
  ///   - function: is given a point; what it throws ends the search.
  func minimise<E: Error>(
    from start: [Double], step: Double, _ function: @escaping ([Double]) throws(E) -> Double
  ) throws(E) {
    cgsl_turn_off_error_handler()
    let context = Context(evaluations: evaluations, function: function)
    let count = start.count
    guard count > 0, let minimiser = gsl_multimin_fminimizer_alloc(cgsl_nmsimplex2(), count),
      let point = gsl_vector_alloc(count), let steps = gsl_vector_alloc(count)
    else { return }
    defer {
      gsl_multimin_fminimizer_free(minimiser)
      gsl_vector_free(point)
      gsl_vector_free(steps)
    }
    for (index, value) in start.enumerated() { gsl_vector_set(point, index, value) }
    gsl_vector_set_all(steps, step)
    var target = gsl_multimin_function(
      f: { vector, context in
        guard let vector, let context else { return .infinity }
        let point = (0..<vector.pointee.size).map { gsl_vector_get(vector, $0) }
        return Unmanaged<AnyContext>.fromOpaque(context).takeUnretainedValue().value(point)
      }, n: count, params: Unmanaged<AnyContext>.passUnretained(context).toOpaque())
    var status = gsl_multimin_fminimizer_set(minimiser, &target, point, steps)
    while status == Int32(GSL_SUCCESS), !context.isDone {
      status = gsl_multimin_fminimizer_iterate(minimiser)
      if gsl_multimin_fminimizer_size(minimiser) < tolerance { break }
    }
    if let error = context.error { throw error }
  }

  private class AnyContext {
    func value(_ point: [Double]) -> Double { .infinity }
  }

  private final class Context<E: Error>: AnyContext {
    private(set) var left: Int
    private(set) var error: E?
    private let function: ([Double]) throws(E) -> Double

    init(evaluations: Int, function: @escaping ([Double]) throws(E) -> Double) {
      left = evaluations
      self.function = function
    }

    var isDone: Bool { left <= 0 || error != nil }

    override func value(_ point: [Double]) -> Double {
      guard !isDone else { return .infinity }
      left -= 1
      do throws(E) {
        return try function(point)
      } catch {
        self.error = error
        return .infinity
      }
    }
  }
}
