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
    for number in 0..<128 {
      let layer = ZigguratLayer(number: UInt32(number))
      (layers + number).initialize(to: ZigguratLayer(limit: layer.limit, width: -layer.width))
      (layers + 128 + number).initialize(to: layer)
    }
    return UnsafePointer(layers)
  }()

  /// The places across a layer.
  private static let places: UInt32 = 1 << 24

  private init(limit: UInt32, width: Double) {
    self.limit = limit
    self.width = width
  }

  /// A layer of positive variables.
  private init(number: UInt32) {
    let byte = 0x80 | number
    var (below, limit): (UInt32, UInt32) = (0, Self.places)
    while below < limit {
      let middle = (below + limit) / 2
      if GSLProbe(bits: middle << 8 | byte).isInside { below = middle + 1 } else { limit = middle }
    }
    self.init(limit: limit, width: limit > 1 ? GSLProbe(bits: 1 << 8 | byte).value : 0)
  }
}

/// What GSL's ziggurat makes of 32 given bits.
struct GSLProbe {
  /// Whether no more than these bits were needed.
  let isInside: Bool
  /// The variable; where more was needed, one of bits that follow.
  let value: Double

  init(bits: UInt32) {
    let stream = RandomStream(seed: 0, replication: 0, name: "ziggurat")
    stream.state.pointee.putBack(bits)
    value = gsl_ran_gaussian_ziggurat(stream.halves, 1)
    isInside = stream.state.pointee.hasMadeNothing
  }
}
