import Catalogue
import EventKernel
import Settlement

extension Oracle {
  /// How the blob fee of each fork moves, with the presets that users name.
  static let feeSteps = Oracle(
    name: "fee-steps",
    statement: "steps of the blob fee to two digits; full blocks from 1 wei to 1 gwei",
    source: "EIP-4844, EIP-7691 and EIP-7892: e^((limit - target) 131072/fraction) - 1",
    cases: [
      ("ethereum-dencun", 12.50, -11.11), ("ethereum-pectra", 8.17, -14.53),
      ("ethereum-bpo1", 8.17, -14.53), ("ethereum-bpo2", 8.17, -14.53),
    ].flatMap { chain, full, empty -> [Case] in
      [
        .exact("\(chain), full block", unit: "%", full) { blobFeeStep(on: chain, isFull: true) },
        .exact("\(chain), empty block", unit: "%", empty) { blobFeeStep(on: chain, isFull: false) },
      ]
    }
      + [("ethereum-dencun", 176), ("ethereum-pectra", 264)].map { chain, count in
        .exact("\(chain), 1 wei to 1 gwei", unit: "1", count) { fullBlocksToOneGwei(on: chain) }
      })

  /// Blobs of one transaction: they divide the limit of every fork's blocks, and any transaction can have them.
  private static let part: UInt64 = 3

  /// When the transactions are sent that fill a block.
  private static func fullBlock(on policy: SettlementPolicy) -> [SimDuration] {
    Array(repeating: policy.halfSlot, count: Int(policy.blobFee.limit / part))
  }

  /// Relative step of the blob fee after one block [%], rounded to two digits.
  private static func blobFeeStep(on chain: String, isFull: Bool) -> Double? {
    guard var policy = policy(of: chain) else { return nil }
    policy.initialBlobBaseFee = 1_000_000_000_000
    var simulation = ChainProbe.simulation(policy, blobs: part) { _, _ in
      isFull ? fullBlock(on: policy) : []
    }
    simulation.run(through: .distantFuture) { $0.slots == 1 }
    let before = simulation.model.chain.blobBaseFee
    simulation.run(through: .distantFuture) { $0.slots == 2 }
    let step = Double(simulation.model.chain.blobBaseFee) / Double(before) - 1
    return (10_000 * step).rounded() / 100
  }

  /// Full blocks after which the blob fee has risen from 1 wei to 1 gwei.
  private static func fullBlocksToOneGwei(on chain: String) -> Double? {
    guard var policy = policy(of: chain) else { return nil }
    policy.initialBlobBaseFee = 1
    var simulation = ChainProbe.simulation(policy, blobs: part) { _, _ in
      fullBlock(on: policy)
    }
    simulation.run(through: .distantFuture) {
      $0.chain.blobBaseFee >= 1_000_000_000 || $0.slots == 10_000
    }
    // Nothing was submitted before the first slot.
    return Double(simulation.model.slots - 1)
  }

  /// A preset with nobody else on it, at a base fee too low for a reserve price to bind.
  private static func policy(of chain: String) -> SettlementPolicy? {
    let location = Location(file: "fee-steps")
    var request = ScenarioRequest(source: location)
    request.chain = .init(chain, location)
    var policy = (try? Catalogue.builtIn.resolve(request))?.scenario.settlement.quiet
    policy?.initialBaseFee = 1
    return policy
  }
}
