import EventKernel

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Something that the first transaction can take that a block has: an arbitrage, a liquidation.
struct Opportunity: BitwiseCopyable {
  /// When it appears.
  let appearsAt: SimTime
  /// When it is gone.
  let endsAt: SimTime
  /// What it is worth when it appears [coins].
  let value: Double
  /// Whether it counts in measures.
  let isMeasured: Bool
  /// Transactions that are after it and in no block.
  var open = 0
  /// Whether somebody has taken it.
  var isTaken = false
  /// The last pass over the mempool in which a transaction was foreseen to take it.
  var pass: UInt32 = 0

  /// The share of its value that is left at an instant.
  func share(at instant: SimTime, decay: SimDuration) -> Double {
    guard instant < endsAt else { return 0 }
    guard decay > .zero else { return 1 }
    return exp(-(instant - appearsAt).seconds / decay.seconds)
  }
}

/// What a transaction has to do with the order, where it is more than that it came.
struct Ticket: BitwiseCopyable {
  /// Who sent it.
  enum Sender: UInt8 {
    case user
    case searcher
    case spammer
  }

  var sender: Sender
  /// The place of the searcher.
  var searcher: Int32 = 0
  /// The number of the opportunity.
  var opportunity = 0
  /// The share of its value that the searcher can take.
  var extraction = 0.0
  /// What it pays beside the price of gas [wei per gas].
  var tip: UInt64 = 0
  /// The most that it would pay [wei per gas].
  var limit: UInt64 = 0
}

/// Tickets by number, from 1 on, used again once their transaction is in a block.
struct Tickets {
  private var places = [Ticket(sender: .user)]
  private var free: [UInt32] = []

  /// Takes one out.
  mutating func issue(_ ticket: Ticket) -> UInt32 {
    guard let number = free.popLast() else {
      places.append(ticket)
      return UInt32(places.count - 1)
    }
    places[Int(number)] = ticket
    return number
  }

  /// Puts one back.
  mutating func redeem(_ number: UInt32) { free.append(number) }

  subscript(number: UInt32) -> Ticket {
    @inline(__always) get { places[Int(number)] }
    @inline(__always) set { places[Int(number)] = newValue }
  }

  /// What a transaction pays beside the price of gas [wei per gas].
  @inline(__always)
  func tip(of transaction: Transaction) -> UInt64 {
    transaction.ticket == 0 ? 0 : places[Int(transaction.ticket)].tip
  }
}

/// A transaction on its way to the sequencer.
struct Pending: BitwiseCopyable {
  /// When the sequencer takes note of it.
  var arrivesAt: SimTime
  /// When it would without an express lane.
  let undelayedAt: SimTime
  /// Of those at one instant, in the order of sending; or of a batch, at random.
  var key: UInt64
  var transaction: Transaction
  /// The searcher whose right to the express lane it uses; `nobody`, or `resold`.
  let lane: Int32
  /// Whether it is known whether it has to wait for the lane.
  var isDelayed = false

  /// It has no right to the lane.
  static let nobody: Int32 = -1
  /// Whoever had the right has sold it.
  static let resold: Int32 = -2
}
