import EventKernel
import Ledger
import Randomness
import Testing

@testable import Rollup

/// Credits of deposits against a plain list that is searched each time.
@Suite struct DepositQueueTests {
  private enum Event: SimulationEvent, CarriesDepositEvents {
    case deposit(DepositEvent, of: RollupID)
    var phase: UInt8 { 0 }
    var code: UInt64 { 0 }
  }

  /// A deposit as the list has it.
  private struct Listed {
    var height: Int?
    var isCredited = false
  }

  /// Random blocks and re-orgs of up to five blocks: the same credits at the same heights, and as many
  /// undone.
  @Test(arguments: 1...40 as ClosedRange<UInt64>) func creditsAreThoseOfAPlainList(
    seed: UInt64
  ) {
    var stream = RandomStream(seed: seed, replication: 0, name: "test")
    func below(_ limit: Int) -> Int { Int(stream.uniform() * Double(limit)) }
    let confirmations = below(5)
    var deposits = Deposits(
      .init(rate: 1, gas: 1, feeCap: 1, tip: 0, confirmations: confirmations),
      of: .first, until: .distantFuture, StreamSource(seed: seed, replication: 0))
    var scheduler = Scheduler<Event>(capacity: 16, tieOrder: .scheduling)
    var listed: [Listed] = []
    var (chain, waiting): ([[Int]], [Int]) = ([], [])
    var undone = 0
    for _ in 0..<200 {
      for _ in 0..<below(4) {
        waiting.append(deposits.handle(.due, &scheduler))
        listed.append(Listed())
      }
      let dropped = below(4) == 0 ? Array(chain.suffix(below(6))) : []
      chain.removeLast(dropped.count)
      for number in dropped.joined() {
        deposits.drop(number)
        undone += listed[number].isCredited ? 1 : 0
        listed[number] = Listed()
      }
      waiting = dropped.flatMap(\.self) + waiting
      let block = Array(waiting.prefix(below(5)))
      waiting.removeFirst(block.count)
      chain.append(block)
      for number in block {
        deposits.include(number, at: chain.count)
        listed[number].height = chain.count
      }
      deposits.credit(at: chain.count, scheduler.now)
      for number in listed.indices {
        if let height = listed[number].height, chain.count - height >= confirmations {
          listed[number].isCredited = true
        }
        #expect(deposits.isCredited(number) == listed[number].isCredited)
      }
    }
    #expect(deposits.undone == undone)
    #expect(confirmations > 3 || undone > 0)
  }
}
