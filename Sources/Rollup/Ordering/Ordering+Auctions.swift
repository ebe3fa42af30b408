import EventKernel
import Ledger
import Randomness

/// Who bids in an auction that is held now.
struct Bidder: BitwiseCopyable {
  /// The opportunity, which the auction in the open is about.
  let opportunity: Int
  /// The place of his transaction among those that have arrived.
  let index: Int
  /// When he acts next.
  var actsAt: SimTime
  /// Whether his first bid is there.
  var hasBid = false
  /// Of equal bids the least goes first.
  var key: UInt64 = 0
}

// Auctions of single opportunities in the open, of places at the head of a batch, and of the express lane.

extension Ordering {
  // MARK: In the open

  /// Bidders after one opportunity raise until the block is sealed, or until it pays for nobody: a priority gas auction.
  ///
  /// Each sees the others' bids after the time that a message takes, and then bids by `searchers.raise` more than the best,
  /// up to what it is worth to him. A bid takes the place of the one before (the same nonce), so each has one transaction
  /// in the block, and who loses pays his bid for the gas of reverting.
  /// Source: Daian et al. 2019 (Flash Boys 2.0, arXiv 1904.05234); the least raise of 10 % is the default of Geth's
  /// `txpool.pricebump`.
  mutating func escalate(until instant: SimTime) {
    bidders.removeAll(keepingCapacity: true)
    for index in arrived.indices {
      let number = arrived[index].transaction.ticket
      guard number > 0, tickets[number].sender == .searcher else { continue }
      bidders.append(
        Bidder(
          opportunity: tickets[number].opportunity, index: index, actsAt: arrived[index].arrivesAt))
    }
    bidders.sort { ($0.opportunity, $0.index) < ($1.opportunity, $1.index) }
    var first = 0
    while first < bidders.count {
      var end = first + 1
      while end < bidders.count, bidders[end].opportunity == bidders[first].opportunity { end += 1 }
      if end - first > 1 { raise(first..<end, until: instant) }
      first = end
    }
  }

  private mutating func raise(_ group: Range<Int>, until instant: SimTime) {
    var best: Int?
    var bestTip: UInt64 = 0
    while let place = nextToAct(group), bidders[place].actsAt <= instant {
      let now = bidders[place].actsAt
      bidders[place].actsAt = .distantFuture
      let number = arrived[bidders[place].index].transaction.ticket
      if bidders[place].hasBid {
        guard best != place else { continue }
        let raised = max(UInt64(Double(bestTip) * (1 + policy.searchers.raise)), bestTip + 1)
        // He gives up.
        guard raised <= tickets[number].limit else { continue }
        tickets[number].tip = raised
      } else {
        bidders[place].hasBid = true
        guard best == nil || tickets[number].tip > bestTip else {
          bidders[place].actsAt = now + latency(of: Int(tickets[number].searcher))
          continue
        }
      }
      best = place
      bestTip = tickets[number].tip
      for other in group
      where other != place && bidders[other].hasBid && bidders[other].actsAt == .distantFuture {
        let ticket = tickets[arrived[bidders[other].index].transaction.ticket]
        guard ticket.limit > bestTip else { continue }
        bidders[other].actsAt = now + latency(of: Int(ticket.searcher))
      }
    }
  }

  private func nextToAct(_ group: Range<Int>) -> Int? {
    var next = group.lowerBound
    for place in group where bidders[place].actsAt < bidders[next].actsAt { next = place }
    return bidders[next].actsAt < .distantFuture ? next : nil
  }

  // MARK: Batches

  /// Sells the places at the head of a batch.
  ///
  /// Who bids most has them, and all pay what the first bids that has none; nothing where all have one. Who has none sends nothing; all others stand behind, in random order.
  mutating func holdAuctions() {
    bidders.removeAll(keepingCapacity: true)
    var rest = 0
    for index in arrived.indices {
      let number = arrived[index].transaction.ticket
      let key = orderStream.nextWord()
      arrived[index].key = key
      if number > 0, tickets[number].sender == .searcher {
        bidders.append(Bidder(opportunity: 0, index: index, actsAt: .start, key: key))
      } else {
        rest += 1
      }
    }
    if !bidders.isEmpty { sellPlaces() }
    // Who has a place is marked by the least keys, in the order of bids.
    arrived.sort { $0.key < $1.key }
    placed = min(policy.places, bidders.count)
    arrived.removeLast(arrived.count - placed - rest)
  }

  private mutating func sellPlaces() {
    bidders.sort {
      let left = tickets[arrived[$0.index].transaction.ticket].tip
      let right = tickets[arrived[$1.index].transaction.ticket].tip
      return left != right ? left > right : $0.key < $1.key
    }
    let price =
      bidders.count > policy.places
      ? tickets[arrived[bidders[policy.places].index].transaction.ticket].tip : 0
    record.sellPlaces(min(policy.places, bidders.count), at: price)
    for (place, bidder) in bidders.enumerated() {
      let number = arrived[bidder.index].transaction.ticket
      if place < policy.places {
        tickets[number].tip = price
        arrived[bidder.index].key = UInt64(place)
      } else {
        let opportunity = tickets[number].opportunity
        tickets.redeem(number)
        record.outbid(isMeasured: opportunities[opportunity].isMeasured)
        close(opportunity)
        arrived[bidder.index].key = .max
      }
    }
  }

  // MARK: The express lane

  /// Sells the rounds whose bids have closed by an instant.
  mutating func sellLane(through instant: SimTime) {
    guard policy.rule == .expressLane else { return }
    while let sale = lane.sell(through: instant) {
      sold.price += sale.price
      if window.contains(sale.begins) { record.sellRound(to: sale.winner, for: sale.price) }
    }
    // Whether anybody waits who came before the last block is known since.
    lane.forget(before: seals.last ?? .start)
  }
}

/// What was paid for the express lane.
public struct LaneSales: Hashable, Sendable {
  /// To the sequencer.
  public var price = Wei.zero
  /// From searcher to searcher.
  public var resale = Wei.zero
}
