import EventKernel
import Ledger

/// What a block brought to those who mind the order, and what they paid for it.
public struct OrderBill: Hashable, Sendable {
  /// Layer 2 gas of searchers.
  public var searcherGas: UInt64 = 0
  /// Layer 2 gas of those who only fill blocks.
  public var spamGas: UInt64 = 0
  /// What users pay beside the price of gas.
  public var userTips = Wei.zero
  /// What searchers pay beside it.
  public var searcherTips = Wei.zero
  /// What those pay who only fill blocks.
  public var spamTips = Wei.zero
  /// What searchers take from users: those who trade, lend or provide liquidity.
  public var captured = Wei.zero

  /// A block in order of submission.
  public init() {}
}

extension Ordering {
  /// Finds out who took what in a block that is sealed.
  ///
  /// - Parameters:
  ///   - ordered: its transactions that have to do with the order, in its order.
  ///   - gasPrice: that holds for it [wei per gas].
  public mutating func settle(
    _ ordered: [OrderedTransaction], of block: SealedBlock, gasPrice: UInt64
  ) -> OrderBill {
    var bill = OrderBill()
    var others = 0
    for transaction in ordered {
      let ticket = tickets[transaction.ticket]
      let gas = UInt64(transaction.gas)
      let tip = Wei(gas: gas, price: ticket.tip)
      tickets.redeem(transaction.ticket)
      switch ticket.sender {
      case .user: bill.userTips += tip
      case .spammer:
        others += 1
        bill.spamGas += gas
        bill.spamTips += tip
      case .searcher:
        others += 1
        bill.searcherGas += gas
        bill.searcherTips += tip
        bill.captured += execute(
          ticket, at: block.sealedAt, cost: OrderCost(gas: Wei(gas: gas, price: gasPrice), tip: tip)
        )
      }
    }
    if window.contains(block.sealedAt) {
      record.seal(block, bill, others: others, gasPrice: gasPrice)
    }
    return bill
  }

  /// A block has a transaction after an opportunity.
  ///
  /// - Returns: what it takes.
  private mutating func execute(_ ticket: Ticket, at instant: SimTime, cost: OrderCost) -> Wei {
    let opportunity = opportunities[ticket.opportunity]
    let left = opportunity.share(at: instant, decay: policy.searchers.decay)
    let isFirst = !opportunity.isTaken && instant < opportunity.endsAt
    var taken = Wei.zero
    if isFirst {
      opportunities[ticket.opportunity].isTaken = true
      taken = Wei(coins: opportunity.value * left * ticket.extraction)
      record.take(opportunity, by: Int(ticket.searcher), taken, cost)
    } else {
      record.fail(isMeasured: opportunity.isMeasured, cost)
    }
    close(ticket.opportunity)
    return taken
  }

  /// What searchers pay for speed and for taking part, in the measured window [coins].
  public func speedCosts(usdPerEther: Double) -> Wei {
    let hours = (window.upperBound - window.lowerBound).seconds / 3600
    return Wei(coins: min(crowd.usdPerHour * hours / usdPerEther, 1e18))
  }

  /// Takes note of what they have paid for that.
  public mutating func payForSpeed(_ cost: Wei) { record.payForSpeed(cost) }

  /// What was paid for the express lane since the last time.
  public mutating func takeSales() -> LaneSales {
    defer { sold = LaneSales() }
    return sold
  }

  /// Whether each opportunity of the measured window was taken, came to nothing, or is still open.
  public var isConserved: Bool {
    var open = Wei.zero
    for number in opportunities.indices {
      let opportunity = opportunities[number]
      if opportunity.isMeasured, opportunity.open > 0, !opportunity.isTaken {
        open += Wei(coins: opportunity.value)
      }
    }
    return record.isConserved(open: open)
  }
}

/// What a transaction cost a searcher.
struct OrderCost {
  /// At the price of gas.
  let gas: Wei
  /// Beside it.
  let tip: Wei
}
