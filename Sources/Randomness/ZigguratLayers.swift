import CGSL

/// The inside of the layers of GSL's ziggurat, where a normal variable is a product of two numbers.
///
/// `gsl_ran_gaussian_ziggurat` (GSL 2.7.1, `randist/gausszig.c`; Marsaglia and Tsang, "The ziggurat method for
/// generating random variables", Journal of Statistical Software 5, 2000) takes 32 bits: 7 for a layer, one for the
/// sign, and 24 for the place across the layer. Up to a limit of the layer, in 99 of 100 cases, the variable is that
/// place times a width, whatever the density. Limits and widths are read out of GSL's own answers, so that
/// what is made here is what GSL makes, to the last bit; beyond the limit GSL is asked.
struct ZigguratLayer: BitwiseCopyable {
  /// The first place across the layer for which the density has to be asked.
  let limit: UInt32
  /// What a place is multiplied with; negative where the sign is.
  let width: Double

  /// The layers by the lowest byte of the 32 bits, sign included.
  ///
  /// Written once before it is read and never changed, hence safe to share.
  nonisolated(unsafe) static let all: UnsafePointer<ZigguratLayer> = {
    let layers = UnsafeMutablePointer<ZigguratLayer>.allocate(capacity: 256)
    for byte in 0..<256 {
      (layers + byte).initialize(to: ZigguratLayer(byte: UInt32(byte)))
    }
    return UnsafePointer(layers)
  }()

  /// The places across a layer.
  private static let places: UInt32 = 1 << 24

  private init(byte: UInt32) {
    var (below, limit): (UInt32, UInt32) = (0, Self.places)
    while below < limit {
      let middle = (below + limit) / 2
      if GSLProbe(bits: middle << 8 | byte).isInside { below = middle + 1 } else { limit = middle }
    }
    self.limit = limit
    width = limit > 1 ? GSLProbe(bits: 1 << 8 | byte).value : 0
  }
}

/// What GSL's ziggurat makes of 32 given bits.
struct GSLProbe {
  /// Whether no more than these bits were needed.
  let isInside: Bool
  /// The variable, where no more was needed.
  let value: Double

  /// A generator that hands out the bits once and then those of a place that is inside.
  private struct Source {
    var bits: UInt32
    var wasAskedForMore = false
  }

  init(bits: UInt32) {
    var source = Source(bits: bits)
    (value, isInside) = withUnsafeMutablePointer(to: &source) { state in
      var generator = gsl_rng(type: Self.type, state: state)
      let value = gsl_ran_gaussian_ziggurat(&generator, 1)
      return (value, !state.pointee.wasAskedForMore)
    }
  }

  /// In layer 1, at its start.
  private static let inside: UInt32 = 1

  nonisolated(unsafe) private static let type = PhiloxGenerator.makeType(
    "probe", max: UInt(UInt32.max),
    get: { state in
      guard let state = state?.assumingMemoryBound(to: Source.self) else { return 0 }
      defer { state.pointee.bits = inside }
      return UInt(state.pointee.bits)
    },
    getDouble: { state in
      state?.assumingMemoryBound(to: Source.self).pointee.wasAskedForMore = true
      return 0
    })
}
