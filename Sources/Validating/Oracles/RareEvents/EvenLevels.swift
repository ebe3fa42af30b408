#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension [Double] {
  /// Levels of a count up to `top`, where each further one has about the probability `factor`: so far
  /// apart that one path in seven gets from one to the next.
  package static func even(to top: Int, each factor: Double) -> [Double] {
    let step = Swift.max(1, (log(0.15) / log(factor)).rounded())
    return Swift.Array(stride(from: Double(top), to: 1, by: -step).reversed())
  }
}
