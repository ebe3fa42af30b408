import EventKernel
import Foundation
import Ledger
import Randomness

/// What a slot is sold for, and to whom.
struct SoldSlot: Hashable, Sendable {
  /// Who has it; nil where nobody bid enough.
  var winner: Int?
  /// What he pays.
  var price = Wei.zero
  /// Since when he has paid it.
  var since = SimTime.start
}

/// One sale of the right to make blocks, among bidders to whom it is worth what each alone knows.
///
/// Values are independent and of one law. Sealed bids at the first price are those of the symmetric equilibrium,
/// b(v) = v − ∫ᵣᵛ (F(x) / F(v))ⁿ⁻¹ dx, at the second price each bids what it is worth to him (Vickrey 1961; Riley and
/// Samuelson 1981). Where bids are seen, whoever does not lead bids as little as the contract takes, in an order that
/// is drawn, until nobody does; the first bid has to exceed the least one by the same share
/// (hermeznetwork/contracts, `HermezAuctionProtocol.sol`, `getMinBidBySlot`).
public struct SlotSale: Sendable {
  private let rules: AuctionRules
  private let bidders: Int

  /// Sales by these rules.
  public init(_ rules: AuctionRules, bidders: Int) {
    self.rules = rules
    self.bidders = bidders
  }

  /// The number of intervals over which an equilibrium is integrated: even, for Simpson's rule.
  private static let intervals = 128

  /// What somebody bids at the first price to whom it is worth `value` [coins].
  public func firstPriceBid(_ value: Double) -> Double {
    let below = rules.value.cumulative(value)
    guard value > rules.reserve, below > 0 else { return min(value, rules.reserve) }
    let width = (value - rules.reserve) / Double(Self.intervals)
    let sum = (0...Self.intervals).reduce(0.0) { sum, point in
      let x = rules.reserve + width * Double(point)
      let share = pow(rules.value.cumulative(x) / below, Double(bidders - 1))
      let weight = point == 0 || point == Self.intervals ? 1.0 : point % 2 == 1 ? 4 : 2
      return sum + weight * share
    }
    return value - sum * width / 3
  }

  /// Sells one slot.
  public func sell(_ stream: inout RandomStream) -> (winner: Int?, price: Double) {
    let values = (0..<bidders).map { _ in min(max(0, rules.value.sample(&stream)), 1e9) }
    guard rules.price != .outbid else { return sellOpenly(values, &stream) }
    var (best, next) = (0, -1.0)
    for (bidder, value) in values.enumerated().dropFirst() {
      if value > values[best] {
        next = max(next, values[best])
        best = bidder
      } else {
        next = max(next, value)
      }
    }
    guard values[best] >= rules.reserve else { return (nil, 0) }
    return (
      best,
      rules.price == .second ? max(next, rules.reserve) : firstPriceBid(values[best])
    )
  }

  private func sellOpenly(
    _ values: [Double], _ stream: inout RandomStream
  ) -> (winner: Int?, price: Double) {
    let order = shuffled(values.count, &stream)
    var leader: Int?
    var price = 0.0
    var least = rules.reserve * (1 + rules.outbid)
    var hasBid = true
    while hasBid {
      hasBid = false
      for bidder in order where bidder != leader && values[bidder] >= least {
        (leader, price) = (bidder, least)
        least = price * (1 + rules.outbid)
        hasBid = true
      }
    }
    return (leader, price)
  }

  private func shuffled(_ count: Int, _ stream: inout RandomStream) -> [Int] {
    var order = Array(0..<count)
    for place in stride(from: count - 1, to: 0, by: -1) {
      order.swapAt(place, min(Int(stream.uniform() * Double(place + 1)), place))
    }
    return order
  }
}

/// Slots of so many blocks of the host, each sold some slots before its own.
///
/// The winner of a slot, or the operator where nobody won it, makes blocks; where there is none until a deadline,
/// anybody may for the rest of the slot, which here are the winner and the operator. The price is split once anybody
/// has made a block in the slot; of a slot without a block nobody has it. Source: `HermezAuctionProtocol.sol`,
/// `_canForge`, `forge`.
struct SlotAuction: ~Copyable {
  private let rules: AuctionRules
  private let sale: SlotSale
  private let fault: Double
  /// The operator, who is no bidder.
  private let operatorSeat: Int
  /// Those that are sold and have not begun, the next one first.
  private var sold: [SoldSlot] = []
  private(set) var slot = -1
  private(set) var current = SoldSlot()
  /// How many blocks of the slot the host has made.
  private var block = 0
  private var isAbsent = false
  /// Whether there was a block before the deadline: `forgerCommitment`.
  private var isCommitted = false
  /// Whether there was any: `fulfilled`.
  private var hasBlock = false
  private var bidStream: RandomStream
  private var faultStream: RandomStream

  init(_ policy: SequencerSet.Policy, _ streams: StreamSource) {
    rules = policy.auction
    sale = SlotSale(policy.auction, bidders: policy.members)
    fault = policy.fault
    operatorSeat = policy.members
    bidStream = streams.stream("sequencer.set.bids")
    faultStream = streams.stream("sequencer.set.slot_faults")
  }

  /// What happened with a block of the host.
  struct News {
    /// A slot that is over, and whether there was a block in it.
    var ended: (slot: SoldSlot, hasBlock: Bool)?
    /// Whether a slot has begun, and whether who bought it makes no blocks.
    var begins = false
    var isAbsent = false
  }

  /// The host has made a block: slots begin and are sold.
  mutating func advance(toHostBlock height: Int, at now: SimTime) -> News {
    var news = News()
    let number = height / rules.slotBlocks
    if slot < number {
      if slot >= 0 { news.ended = (current, hasBlock) }
      slot = number
      // At the start those slots are sold that would have been.
      while sold.count <= rules.soldAhead {
        let (winner, price) = sale.sell(&bidStream)
        sold.append(SoldSlot(winner: winner, price: Wei(coins: price), since: now))
      }
      current = sold.removeFirst()
      (hasBlock, isCommitted) = (false, false)
      isAbsent = current.winner != nil && fault > 0 && faultStream.bernoulli(fault)
      (news.begins, news.isAbsent) = (true, isAbsent)
    }
    block = max(0, height - slot * rules.slotBlocks)
    return news
  }

  /// Who may make a block and does; nil while nobody does.
  func maker(down: UInt128) -> Int? {
    guard slot >= 0 else { return nil }
    guard let winner = current.winner else { return operatorSeat }
    if !isAbsent, down >> winner & 1 == 0 { return winner }
    return !isCommitted && block >= rules.deadlineBlocks ? operatorSeat : nil
  }

  /// A block is made in the slot.
  ///
  /// - Returns: whether it is the first one, with which the price is split.
  mutating func note() -> Bool {
    if block < rules.deadlineBlocks { isCommitted = true }
    defer { hasBlock = true }
    return !hasBlock
  }
}

extension SlotAuction: Splittable {
  func copy(drawing draws: Draws) -> SlotAuction { SlotAuction(copying: self, draws) }

  private init(copying other: borrowing SlotAuction, _ draws: Draws) {
    rules = other.rules
    sale = other.sale
    fault = other.fault
    operatorSeat = other.operatorSeat
    sold = other.sold
    slot = other.slot
    current = other.current
    block = other.block
    isAbsent = other.isAbsent
    isCommitted = other.isCommitted
    hasBlock = other.hasBlock
    bidStream = other.bidStream.copy(drawing: draws)
    faultStream = other.faultStream.copy(drawing: draws)
  }
}
