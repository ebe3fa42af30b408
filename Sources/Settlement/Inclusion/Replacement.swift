import EventKernel

/// When a sender replaces a transaction that is not included.
public enum ReplacementRule: String, CaseIterable, Sendable {
  /// Never.
  case never
  /// Each time that it has waited for an interval.
  case interval
  /// At the ages of Nitro's data poster: with blobs 5, 10, 30 min, 1, 4, 8, 16, 22 h; without them 5, 10, 20,
  /// 30 min, 1, 2, 4, 6, 8, 12, 16, 18, 20, 22 h.
  case nitro
}

extension Bid {
  /// Ages at which Nitro replaces a transaction [min].
  ///
  /// Source: Nitro, `arbnode/dataposter/data_poster.go`, defaults of `blob-tx-replacement-times` and
  /// `replacement-times`.
  static func nitroReplacementMinutes(blobs: UInt64) -> [Int64] {
    blobs > 0 ? nitroBlobMinutes : nitroOtherMinutes
  }

  private static let nitroBlobMinutes: [Int64] = [5, 10, 30, 60, 240, 480, 960, 1320]
  private static let nitroOtherMinutes: [Int64] = [
    5, 10, 20, 30, 60, 120, 240, 360, 480, 720, 960, 1080, 1200, 1320,
  ]

  /// How much more a replacement bids [percent].
  ///
  /// Nitro's own figures are what nodes ask for (`minBlobRbfIncrease`, `minNonBlobRbfIncrease`).
  func bump(blobs: UInt64) -> UInt64 {
    replacementRule == .nitro ? blobs > 0 ? 100 : 10 : bumpPercent
  }

  /// When a transaction that is sent now is replaced for the first time.
  func firstReplacement(_ now: SimTime, blobs: UInt64) -> SimTime {
    switch replacementRule {
    case .never: return .distantFuture
    case .interval: return replaceAfter > .zero ? now + replaceAfter : .distantFuture
    case .nitro: return now + .seconds(60 * Self.nitroReplacementMinutes(blobs: blobs)[0])
    }
  }

  /// When it is replaced again that was replaced at `instant`, and whose data came into being at `since`.
  func nextReplacement(after instant: SimTime, since: SimTime, blobs: UInt64) -> SimTime {
    guard replacementRule == .nitro else { return firstReplacement(instant, blobs: blobs) }
    let age = instant - since
    let minutes = Self.nitroReplacementMinutes(blobs: blobs).first { .seconds(60 * $0) > age }
    return minutes.map { since + .seconds(60 * $0) } ?? .distantFuture
  }

  /// How often a transaction with a fixed cap was replaced by `age`.
  ///
  /// - Parameter lead: how much older its data is than the transaction: Nitro's ages but the first count
  ///   from there.
  func replacements(by age: SimDuration, lead: SimDuration, blobs: UInt64) -> Int {
    switch replacementRule {
    case .never: return 0
    case .interval:
      guard replaceAfter > .zero else { return 0 }
      // A hundred rises of 10 percent are a factor of 13,000.
      return Int(min(age.nanoseconds / replaceAfter.nanoseconds, 100))
    case .nitro:
      let minutes = Self.nitroReplacementMinutes(blobs: blobs)
      let first = SimDuration.seconds(60 * minutes[0])
      guard age >= first else { return 0 }
      return 1
        + minutes.count {
          let listed = SimDuration.seconds(60 * $0)
          return listed > lead + first && listed <= lead + age
        }
    }
  }
}
