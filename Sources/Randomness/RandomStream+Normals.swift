import CGSL

/// Normal and lognormal variables.
extension RandomStream {
  /// A normal variable with mean 0 and variance 1.
  ///
  /// A mirrored stream negates that of its plain words: the ziggurat makes another layer of their
  /// complements, which would mirror the sign alone.
  public mutating func standardNormal() -> Double {
    let (state, generator) = (state, generator)
    let normal = withPlainWords {
      let word = state.pointee.next()
      if let normal = ZigguratLayer.all.normal(of: UInt32(truncatingIfNeeded: word)) {
        return normal
      }
      state.pointee.putBackWord()
      return gsl_ran_gaussian_ziggurat(generator, 1)
    }
    return isMirrored ? -normal : normal
  }

  /// Lognormal variables for every place, from half as many random bits as single ones take.
  ///
  /// GSL's ziggurat takes 32 bits of an integer, whatever it has. Other values than of as many calls of
  /// `standardNormal()`, of the same law.
  mutating func fill(
    _ values: UnsafeMutableBufferPointer<Double>, withLognormalsOf mu: Double, _ sigma: Double
  ) {
    let (state, halves, layers) = (state, halves, ZigguratLayer.all)
    let sigma = isMirrored ? -sigma : sigma
    withPlainWords {
      var made = 0
      while made < values.count {
        let first = made
        made += state.pointee.takeHalves(atMost: values.count - first) { place, bits in
          guard let normal = layers.normal(of: bits) else { return false }
          values[first &+ place] = mu + sigma * normal
          return true
        }
        if made < values.count {
          values[made] = mu + sigma * gsl_ran_gaussian_ziggurat(halves, 1)
          made += 1
        }
      }
    }
    if abs(mu) + Self.mostNormal * abs(sigma) <= UnsafeMutableBufferPointer.mostExponent {
      values.raiseToPowersOfE()
    } else {
      for index in values.indices { values[index] = exp(values[index]) }
    }
  }

  /// No normal variable is further from 0: the last layer ends where 53 bits of a logarithm do.
  private static var mostNormal: Double { 15 }
}

extension UnsafePointer<ZigguratLayer> {
  /// The normal variable of 32 bits; nil where the density has to be asked.
  @inline(__always)
  fileprivate func normal(of bits: UInt32) -> Double? {
    let layer = self[Int(bits & 0xFF)]
    let place = bits &>> 8
    return place < layer.limit ? Double(place) * layer.width : nil
  }
}
