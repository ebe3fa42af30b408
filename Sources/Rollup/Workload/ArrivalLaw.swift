import EventKernel
import Randomness

/// What is known of the instants of arrivals, where only their number was drawn.
enum ArrivalLaw: Sendable {
  /// They are independent and uniform.
  case uniform
  /// They are multiples of a time.
  case regular(RegularInstants)
  /// Those of a group are one; groups are independent and uniform, and their sizes geometric.
  case grouped

  /// That of a process which can be counted.
  init(_ process: ArrivalProcess) {
    self =
      switch process {
      case .deterministic(let rate): .regular(RegularInstants(rate: rate))
      case .groups: .grouped
      default: .uniform
      }
  }

  var isUniform: Bool { if case .uniform = self { true } else { false } }
}

extension ArrivalLaw {
  /// Splits a piece at an instant in it, which is part of the right one.
  func split(
    _ piece: ArrivalPiece, at instant: SimTime, _ stream: inout RandomStream
  ) -> (left: ArrivalPiece, right: ArrivalPiece) {
    var (left, right) = (piece, piece)
    (left.to, right.from) = (instant, instant)
    let share = Double(left.length) / Double(piece.length)
    switch self {
    case .uniform: left.count = stream.share(of: piece.count, share)
    case .regular(let regular):
      left.count = regular.numbers(from: left.from, to: left.to).count
    case .grouped:
      left.groups = stream.share(of: piece.groups, share)
      left.count = Self.total(of: left.groups, of: piece, &stream)
    }
    right.count -= left.count
    right.groups -= left.groups
    return (left, right)
  }

  /// How many arrivals so many of the groups of a piece have.
  ///
  /// Beside one each, a group has a geometric number, and k of them a negative binomial one with the weights
  /// C(x + k − 1, x). Given the sum s over all g groups, that of k of them has the weights
  /// C(x + k − 1, x) · C(s − x + g − k − 1, s − x): a binomial number of s whose probability is a beta variable
  /// with the shapes k and g − k. So this is the exact law.
  private static func total(
    of groups: Int, of piece: ArrivalPiece, _ stream: inout RandomStream
  ) -> Int {
    if groups == 0 { return 0 }
    if groups == piece.groups { return piece.count }
    let probability = stream.beta(Double(groups), Double(piece.groups - groups))
    return groups + stream.share(of: piece.count - piece.groups, probability)
  }

  /// How many are sent of those that arrive in a part of a piece, where some classes are not sent then: any are
  /// as likely to be.
  static func sent(
    _ sent: Int, of all: Int, in part: Int, _ stream: inout RandomStream
  ) -> Int {
    if sent == all { return part }
    return part == 0 || sent == 0 ? 0 : stream.hypergeometric(sent, all - sent, part)
  }
}

extension RandomStream {
  /// How many of `count` lie in a share of the time.
  mutating func share(of count: Int, _ share: Double) -> Int {
    count > 0 ? binomial(count, min(max(share, 0), 1)) : 0
  }
}
