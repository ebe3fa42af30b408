// Bytes before compression and after it.

extension BatchPoster.Policy {
  /// Bytes after compression of so many before [B]: x (r + (1 − r) w / (w + x)).
  ///
  /// A compressor has nothing to refer to when it begins, and learns from what it has seen (Zstandard, `README.md`,
  /// "The case for small data compression"). The form is assumed: the first bytes are not compressed, the ratio r of
  /// large batches is approached like 1/x, and at w, `compressionWarmUp`, half of what large batches save is saved.
  /// It rises with x for any ratio, since its slope is r + (1 − r) (w / (w + x))².
  @inline(__always)
  func compressed(_ bytes: Double) -> Double {
    guard compressionWarmUp > 0, bytes > 0 else { return compressionRatio * bytes }
    let warmUp = Double(compressionWarmUp)
    return bytes * (compressionRatio + (1 - compressionRatio) * warmUp / (warmUp + bytes))
  }

  /// How many bytes before compression have so many after it [B]: the positive root of
  /// r x² + (w − y) x − w y = 0 for y bytes.
  func uncompressed(_ bytes: Double) -> Double {
    guard compressionWarmUp > 0, bytes > 0 else { return bytes / compressionRatio }
    let warmUp = Double(compressionWarmUp)
    let middle = bytes - warmUp
    let root = (middle * middle + 4 * compressionRatio * warmUp * bytes).squareRoot()
    // The one of two equal forms in which nothing cancels.
    return middle > 0
      ? (middle + root) / (2 * compressionRatio) : 2 * warmUp * bytes / (root - middle)
  }

  /// Bytes that a batch of `rawBytes` publishes: ⌈compressed⌉ + overhead.
  ///
  /// - Parameter fixedBytes: those of them that no compressor shortens.
  @inline(__always)
  public func publishedBytes(rawBytes: UInt64, fixedBytes: UInt64 = 0) -> UInt64 {
    UInt64(compressed(Double(rawBytes - fixedBytes)).rounded(.up)) + fixedBytes + overheadBytes
  }

  /// Whether a batch of `rawBytes` publishes more than so many bytes: the same without rounding, since no whole number
  /// lies between what is compressed and what that is rounded up to.
  @inline(__always)
  func publishes(moreThan limit: UInt64, rawBytes: UInt64, fixedBytes: UInt64) -> Bool {
    let fixed = fixedBytes + overheadBytes
    return fixed > limit || compressed(Double(rawBytes - fixedBytes)) > Double(limit - fixed)
  }

  /// Bytes after compression per byte before in a full batch.
  public var fullBatchRatio: Double {
    guard compressionWarmUp > 0 else { return compressionRatio }
    let bytes = Double(maxBytes - min(overheadBytes, maxBytes))
    return bytes > 0 ? bytes / uncompressed(bytes) : compressionRatio
  }
}
