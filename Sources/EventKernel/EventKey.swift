/// The firing order of events in one integer: time, then phase, then order of scheduling.
///
/// Layout from the high bit: 64 bits of nanoseconds, 8 of phase, 56 of sequence. One 128-bit
/// comparison is total and costs half of comparing the fields (decision record 3).
@frozen
public struct EventKey: Comparable, Sendable, BitwiseCopyable {
  @usableFromInline
  let packed: UInt128

  @inlinable
  init(packed: UInt128) { self.packed = packed }

  @inlinable
  init(time: SimTime, phase: UInt8, rank: UInt64) {
    packed =
      UInt128(truncatingIfNeeded: time.nanoseconds) &<< 64
      | UInt128(truncatingIfNeeded: UInt64(phase) &<< 56 | rank)
  }

  /// Earlier than every event.
  @inlinable
  static var first: EventKey { EventKey(packed: 0) }

  /// Later than every event at `horizon`, earlier than every event after it.
  @inlinable
  static func last(at horizon: SimTime) -> EventKey {
    EventKey(packed: UInt128(truncatingIfNeeded: horizon.nanoseconds) &<< 64 | UInt128(UInt64.max))
  }

  /// When the event fires.
  @inlinable
  public var time: SimTime { SimTime(nanoseconds: Int64(truncatingIfNeeded: packed &>> 64)) }

  /// Whether time and phase, whatever the sequence, lie before those of `other`, as a negative time does.
  @inlinable
  func precedesPhase(of other: EventKey) -> Bool {
    let last = packed | UInt128(truncatingIfNeeded: TieOrder.rankMask)
    return Int128(bitPattern: last) < Int128(bitPattern: other.packed)
  }

  /// Whether `lhs` fires before `rhs`.
  @inlinable
  public static func < (lhs: EventKey, rhs: EventKey) -> Bool { lhs.packed < rhs.packed }
}

/// How events of one instant and one phase are ordered.
@frozen
public enum TieOrder: Sendable {
  /// In the order in which they were scheduled: part of the reproducibility contract.
  case scheduling
  /// In an order derived from a salt: for tests of a model's robustness against tie rules.
  case shuffled(salt: UInt64)

  /// Sequence numbers use 56 bits: 7.2e16 events.
  @usableFromInline
  static let rankMask: UInt64 = 1 &<< 56 &- 1

  /// A bijection on 56 bits, so that ranks stay unique.
  @inlinable
  func rank(of sequence: UInt64) -> UInt64 {
    switch self {
    case .scheduling: sequence
    case .shuffled(let salt): Self.mix((sequence ^ salt) & Self.rankMask)
    }
  }

  /// Multiplications and shifts in turn, because a multiplication alone keeps most neighbours in
  /// order, or most of them reversed.
  @inlinable
  static func mix(_ sequence: UInt64) -> UInt64 {
    var bits = (sequence ^ sequence &>> 28) &* 0xBF58_476D_1CE4_E5B9 & rankMask
    bits = (bits ^ bits &>> 28) &* 0x94D0_49BB_1331_11EB & rankMask
    return bits ^ bits &>> 28
  }
}
