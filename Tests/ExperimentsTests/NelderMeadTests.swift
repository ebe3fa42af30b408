import Foundation
import Testing

@testable import Optimising

/// The search finds minima that are known.
@Suite struct NelderMeadTests {
  private struct Broken: Error {}

  private static func lowest(
    from start: [Double], evaluations: Int = 2000, _ function: @escaping ([Double]) -> Double
  ) -> (point: [Double], count: Int) {
    var best = (point: start, value: Double.infinity)
    var count = 0
    NelderMead(evaluations: evaluations, tolerance: 1e-7)
      .minimise(from: start, step: 0.5) { (point) throws(Never) -> Double in
        count += 1
        let value = function(point)
        if value < best.value { best = (point, value) }
        return value
      }
    return (best.point, count)
  }

  /// Rosenbrock's valley, whose minimum is at (1, 1).
  @Test func rosenbrock() {
    let (point, _) = Self.lowest(from: [-1.2, 1]) {
      pow(1 - $0[0], 2) + 100 * pow($0[1] - $0[0] * $0[0], 2)
    }
    #expect(abs(point[0] - 1) < 1e-4 && abs(point[1] - 1) < 1e-4)
  }

  @Test func aParabolaOfOneVariable() {
    let (point, _) = Self.lowest(from: [5]) { pow($0[0] - 2, 2) }
    #expect(abs(point[0] - 2) < 1e-5)
  }

  @Test func evaluationsAreLimited() {
    #expect(Self.lowest(from: [9, 9, 9], evaluations: 25) { $0.reduce(0, +) }.count == 25)
  }

  @Test func anErrorEndsTheSearch() {
    var count = 0
    #expect(throws: Broken.self) {
      try NelderMead(evaluations: 100, tolerance: 1e-7)
        .minimise(from: [1, 1], step: 0.1) { (_) throws(Broken) -> Double in
          count += 1
          throw Broken()
        }
    }
    #expect(count == 1)
  }
}
