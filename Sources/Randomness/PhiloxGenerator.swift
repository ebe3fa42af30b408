import CGSL

/// Philox4x64-10 registered with GSL, so that every GSL sampler draws from it.
///
/// Integers have 64 bits and doubles 53 in [0, 1). The stock `mt19937` cuts seeds to 32 bits and
/// has 32-bit doubles; its streams collide by birthday after some 77,000 (decision record 9).
enum PhiloxGenerator {
  /// What GSL calls through `gsl_rng.state`.
  typealias State = Philox4x64

  /// Written once before any stream exists and never changed, hence safe to share.
  nonisolated(unsafe) static let type = makeType("philox4x64-10", max: .max) { state in
    guard let state else { return 0 }
    return UInt(state.assumingMemoryBound(to: State.self).pointee.next())
  }

  /// The same generator with integers of 32 bits, two from a word: all that GSL's ziggurat takes of an
  /// integer.
  nonisolated(unsafe) static let halves = makeType(
    "philox4x64-10-halves", max: UInt(UInt32.max), get: philoxHalf)

  private static func makeType(
    _ name: StaticString, max: UInt,
    get: @escaping @convention(c) (UnsafeMutableRawPointer?) -> UInt
  ) -> UnsafePointer<gsl_rng_type> {
    cgsl_turn_off_error_handler()
    let type = UnsafeMutablePointer<gsl_rng_type>.allocate(capacity: 1)
    let label = UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self)
    type.initialize(
      to: gsl_rng_type(
        name: label, max: max, min: 0, size: MemoryLayout<State>.size,
        set: { state, seed in
          guard let state else { return }
          let generator = Philox4x64(key: (UInt64(seed), 0))
          state.assumingMemoryBound(to: State.self).pointee = generator
        },
        get: get,
        get_double: philoxDouble))
    return UnsafePointer(type)
  }
}

// Functions and no closures, so that they become part of what C calls.

/// The next uniform number in [0, 1) of a generator.
@inline(__always)
private func philoxDouble(_ state: UnsafeMutableRawPointer?) -> Double {
  guard let state else { return 0 }
  return state.assumingMemoryBound(to: Philox4x64.self).pointee.nextUniform()
}

/// The next 32 bits of a generator.
@inline(__always)
private func philoxHalf(_ state: UnsafeMutableRawPointer?) -> UInt {
  guard let state else { return 0 }
  return UInt(state.assumingMemoryBound(to: Philox4x64.self).pointee.nextHalf())
}
