import EventKernel
import Rollup
import Settlement
import Testing

@testable import Worlds

/// A layer 3 in a world where everything is constant: each stage equals the sum worked out here.
///
/// Transaction i of layer 3 is submitted at i s, i = 1 … 8. Its blocks come every 2 s, and its batches
/// are full at 4 s, with 1 … 4, and at 8 s, with 5 … 8. Passed at x and y by the two batches, a stage
/// has the mean (x + y)/2 − 4.5 and the largest latency max(x − 1, y − 5). Layer 2 has no users; its
/// blocks come every 2 s as well, and take what layer 3 hands over at that instant by its own block.
/// A batch of layer 2 is closed before it passes 1000 B and after 10 s. Each transaction of layer 3
/// takes 110 B beside its data there. Settlement blocks come every 12 s from 0 s on; those before
/// 384 s are final at 1152 s.
@Suite struct LayerByHandTests {
  static let shape = WorldShape(rollups: ["two", "three"])

  /// Layer 2 and layer 3 with these sequences.
  static func scenario(
    host: SettlementSequence, guest: SettlementSequence, _ finality: Hosting.Finality
  ) -> Scenario {
    var scenario = Scenario.clockwork(.postAndAssert, ["two", "three"])
    scenario["two"].sequence = host
    scenario["two"].workload.arrivals = .deterministic(rate: 1e-6)
    scenario["two"].poster.maxBytes = 1000
    scenario["two"].poster.maxAge = .seconds(10)
    scenario["three"].sequence = guest
    scenario["three"].poster.carrier = .calldata
    scenario["three"].hosting.host = "two"
    scenario["three"].hosting.finality = finality
    return scenario
  }

  /// Assertions on assertions.
  ///
  /// Of layer 3's batches, 510 B each on layer 2, no two fit into one there, so that of 4 s is posted at
  /// 8 s and that of 8 s at 12 s, the second after the settlement block of that instant: blocks of 12
  /// and 24 s, final at 1152 s. Layer 3 asserts at 30 s, after layer 2's block of that instant: block of
  /// 32 s, the 16th, with the data of 32 s; the next data closes that batch at 36 s, after the
  /// settlement block of that instant: block of 48 s. Layer 2's assertion of 60 s is in the block of
  /// 72 s, the 7th, and stands after an hour or 300 blocks, at 3672 s. With that assertion layer 3 needs
  /// no more transactions and sends none.
  ///
  /// The assertion of layer 3 stands after 40 s or 20 blocks, at 72 s; a withdrawal goes on from there in
  /// layer 2's block of 74 s, its batch that age closes at 84 s, after the settlement block of that
  /// instant, the block of 96 s, the assertion of 120 s, the block of 132 s: an hour later it is 3732 s.
  @Test(arguments: [false, true], [false, true])
  func assertionsOnAssertions(inHostBlocks: Bool, inSettlementBlocks: Bool) throws {
    for finality in Hosting.Finality.allCases {
      var scenario = Self.scenario(host: .postAndAssert, guest: .postAndAssert, finality)
      scenario["three"].proposer.interval = .seconds(30)
      scenario["three"].bridge.challengeWindow = .seconds(inHostBlocks ? 9999 : 40)
      scenario["three"].bridge.challengeBlocks = inHostBlocks ? 20 : 0
      scenario["two"].bridge.challengeWindow = inSettlementBlocks ? .days(9) : .hours(1)
      scenario["two"].bridge.challengeBlocks = inSettlementBlocks ? 300 : 0
      let values = try scenario.measured(Self.shape)
      #expect(values["three", "finality_soft_s_mean"] == 0.5)
      expect(.posted, at: 8, 12, in: values)
      expect(.included, at: 12, 24, in: values)
      expect(.settled, at: 1152, 1152, in: values)
      switch finality {
      case .final:
        expect(.proven, at: 72, 72, in: values)
        expect(.final, at: 3672, 3672, in: values)
      case .settled:
        // The assertion of layer 3 itself is all that is needed, and its block's data is final.
        expect(.proven, at: 48, 48, in: values)
        expect(.final, at: 1152, 1152, in: values)
      }
      expect(.withdrawable, at: 3732, 3732, in: values)
    }
  }

  /// Assertions on layer 2 about data that layer 3 posts on the settlement chain.
  ///
  /// Both batches, of 4 and 8 s, are in the settlement block of 12 s, final at 1152 s. Each is a
  /// transaction of 21,000 + 50,000 gas and, for 400 B of calldata of which 8 are zeros, 8·4 + 392·16 =
  /// 6304, at 15 gwei and a tip of 2. What is final layer 3 asserts at 1170 s, after layer 2's block of
  /// that instant: block of 1172 s, whose batch age closes at 1182 s, block of 1188 s, in slot 99, final
  /// at 2304 s. Layer 2's assertion of 1200 s is in the block of 1212 s, and stands an hour later, at
  /// 4812 s.
  ///
  /// The assertion of layer 3 stands after 40 s, at 1212 s; a withdrawal goes on from there in layer 2's
  /// block of 1214 s, its batch that age closes at 1224 s, after the settlement block of that instant, the
  /// block of 1236 s, the assertion of 1260 s, the block of 1272 s: an hour later it is 4872 s.
  @Test(arguments: Hosting.Finality.allCases)
  func assertionsAboutDataOnTheSettlementChain(_ finality: Hosting.Finality) throws {
    var scenario = Self.scenario(host: .postAndAssert, guest: .postAndAssert, finality)
    scenario["three"].data.mode = .settlement
    scenario["three"].proposer.coverage = .settled
    scenario["three"].proposer.interval = .seconds(30)
    scenario["three"].bridge.challengeWindow = .seconds(40)
    let values = try scenario.measured(Self.shape)
    #expect(values["three", "finality_soft_s_mean"] == 0.5)
    expect(.posted, at: 4, 8, in: values)
    expect(.included, at: 12, 12, in: values)
    expect(.settled, at: 1152, 1152, in: values)
    switch finality {
    case .final:
      expect(.proven, at: 1212, 1212, in: values)
      expect(.final, at: 4812, 4812, in: values)
    case .settled:
      expect(.proven, at: 1188, 1188, in: values)
      expect(.final, at: 2304, 2304, in: values)
    }
    expect(.withdrawable, at: 4872, 4872, in: values)
    let gas = 21_000.0 + 50_000 + 6304
    #expect(values["three", "cost_data_wei_per_tx_mean"] == 2 * gas * 17e9 / 8)
    #expect(values["three", "cost_calldata_wei_per_tx_mean"] == 2 * 6304 * 15e9 / 8)
    #expect(values["three", "cost_tip_wei_per_tx_mean"] == 2 * gas * 2e9 / 8)
    #expect(values["three", "cost_host_data_wei_per_tx_mean"] == 0)
    #expect(try #require(values["three", "cost_host_state_wei_per_tx_mean"]) > 0)
  }

  /// Proofs on layer 2 of data that layer 3 posts on the settlement chain, where a block is final once two
  /// stand on it.
  ///
  /// Layer 3 closes a batch every 4 s. Those of 4 and 8 s are in the settlement block of 12 s, final at 36 s,
  /// those of 12 to 20 s in that of 24 s, final at 48 s, those of 24 to 32 s in that of 36 s, final at 60 s.
  /// Proofs are there 3 + 10 s after the closing and wait for that: two at 36 s, three at 48 s and three at
  /// 60 s, of 110 B each, for layer 2's blocks of these instants. Layer 2's batches are closed by age: A of
  /// 36 s at 46 s, B of 48 s at 58 s, C of 60 s at 70 s. Settlement blocks have A at 48 s and C at 72 s,
  /// final at 72 and 96 s. 5 + 20 s after their closing they are proved, at 71 and 95 s, in the blocks of 72
  /// and 96 s; 2000 s later that has its effect.
  ///
  /// The delay of 30 s counts from layer 2's block of 36 s, or from when commitments are final, which is the
  /// same instant. At 66 s layer 3 hands over withdrawals or executions, two of 110 B, after layer 2's block
  /// of that instant: they are in the block of 68 s, and so in C. What is executed is final with that. With
  /// `data_with_proof` data does not wait for its proof, which goes to another chain.
  @Test(
    arguments: Hosting.Finality.allCases,
    [SettlementSequence.sequenceVerify, .commitProveExecute, .dataWithProof])
  func proofsOfDataOnTheSettlementChain(
    _ finality: Hosting.Finality, _ guest: SettlementSequence
  ) throws {
    var scenario = Self.scenario(host: .sequenceVerify, guest: guest, finality)
    scenario.settlement.finality = .confirmations
    scenario.settlement.confirmations = 2
    scenario["two"].prover.witnessTime = .constant(5)
    scenario["two"].prover.proofTime = .constant(20)
    scenario["two"].bridge.executionDelay = .seconds(2000)
    scenario["three"].data.mode = .settlement
    scenario["three"].prover.waitsFor = .settled
    scenario["three"].prover.witnessTime = .constant(3)
    scenario["three"].prover.proofTime = .constant(10)
    scenario["three"].bridge.executionDelay = .seconds(30)
    for name in ["two", "three"] { scenario[name].prover.provers = 100 }
    let values = try scenario.measured(Self.shape)
    #expect(values["three", "finality_soft_s_mean"] == 0.5)
    expect(.posted, at: 4, 8, in: values)
    expect(.included, at: 12, 12, in: values)
    expect(.settled, at: 36, 36, in: values)
    switch finality {
    case .final:
      expect(.proven, at: 72, 72, in: values)
      let final = guest.executes ? 2096.0 : 2072
      expect(.final, at: final, final, in: values)
    case .settled:
      expect(.proven, at: 48, 48, in: values)
      let final = guest.executes ? 96.0 : 72
      expect(.final, at: final, final, in: values)
    }
    expect(.withdrawable, at: 2096, 2096, in: values)
  }

  /// A host that is an Arbitrum chain tells the number of the settlement block.
  ///
  /// As above, with a window of four blocks. The assertion of layer 3 is in layer 2's block of 32 s, the
  /// 16th, at which there are three settlement blocks, of 0, 12 and 24 s. The seventh comes at 72 s, and so
  /// in layer 2's block of that instant: from there a withdrawal takes until 3732 s. Counted in layer 2's
  /// blocks it stands at 40 s. The withdrawal is in the block of 42 s with the data of 44 s, whose batch is
  /// closed by that of 48 s, after the settlement block of that instant; the block of 60 s has it, and so
  /// the assertion of 60 s, in the block of 72 s: 3672 s.
  @Test(arguments: [(.own, 3672), (.host, 3732)] as [(Sequencer.BlockNumber, Double)])
  func deadlinesCountTheBlocksThatTheHostTells(
    _ number: Sequencer.BlockNumber, _ withdrawable: Double
  ) throws {
    var scenario = Self.scenario(host: .postAndAssert, guest: .postAndAssert, .final)
    scenario["three"].proposer.interval = .seconds(30)
    scenario["three"].bridge.challengeBlocks = 4
    scenario["two"].bridge.challengeWindow = .hours(1)
    scenario["two"].sequencer.blockNumber = number
    let values = try scenario.measured(Self.shape)
    expect(.proven, at: 72, 72, in: values)
    expect(.final, at: 3672, 3672, in: values)
    expect(.withdrawable, at: withdrawable, withdrawable, in: values)
  }

  /// The number goes through layers: of a layer 3 that tells its host's, a layer 4 hears layer 2's, which with
  /// as many blocks is the same as its own, or through that the settlement chain's.
  @Test func numbersGoThroughLayers() throws {
    func finality(_ two: Sequencer.BlockNumber, _ three: Sequencer.BlockNumber) throws -> Double {
      var scenario = Self.scenario(host: .postAndAssert, guest: .postAndAssert, .settled)
      scenario["two"].poster.maxBytes = 3000
      scenario["three"].poster.maxBytes = 3000
      scenario.rollups.append(scenario["three"].named("four"))
      scenario.rollups.sort { $0.name < $1.name }
      scenario["four"].hosting.host = "three"
      scenario["four"].poster.calldataPerTransaction = 10_000
      scenario["four"].bridge.challengeBlocks = 600
      for name in ["two", "three", "four"] { scenario[name].proposer.interval = .seconds(30) }
      scenario["two"].sequencer.blockNumber = two
      scenario["three"].sequencer.blockNumber = three
      let values = try scenario.measured(WorldShape(rollups: ["two", "three", "four"]))
      return try #require(values["four", "finality_withdrawable_s_mean"])
    }
    let own = try finality(.own, .own)
    #expect(try finality(.host, .own) == own)
    #expect(try finality(.own, .host) == own)
    // 600 blocks of 2 s, or of 12 s: 100 min more, as whole assertions of 30 s go.
    #expect(abs(try finality(.host, .host) - own - 6000) <= 60)
  }

  /// What contracts are told never falls, though a re-org takes settlement blocks back.
  @Test func theNumberNeverFalls() {
    var guests = Guests()
    let told = [3, 5, 4, 6].map { (number: Int) in
      guests.beginBlock(number)
      return guests.number
    }
    #expect(told == [3, 5, 5, 6] && guests.height == 4)
  }

  /// Commitments, proofs and executions on a layer 2 that is proved.
  ///
  /// Layer 3 hands over 510 B of data every 4 s from 4 s on, for layer 2's blocks of these instants. The
  /// proofs are there 3 + 10 s after: at 17 and 21 s, with 110 B in layer 2's blocks of 18 and 22 s, and
  /// so on every 4 s. 30 s after the commitments, at 34 and 38 s, it hands over executions, after layer
  /// 2's blocks of these instants: 110 B in the blocks of 36 and 40 s, beside the data there.
  ///
  /// Layer 2's batches are closed when the next data does not fit: A of 4 s at 8 s, B of 8 s at 12 s, D
  /// with the blocks of 16 and 18 s at 20 s, E of 20 and 22 s at 24 s, I of 36 and 38 s at 40 s, J of 40
  /// and 42 s at 44 s. Settlement blocks have A at 12 s, B (posted after that block) and D at 24 s, E at
  /// 36 s, I and J at 48 s. 5 + 20 s after their closing they are proved, D at 45 s, E at 49 s, I at 65 s
  /// and J at 69 s, and verified in the blocks of 48, 60, 72 and 72 s. 2000 s later that has its effect.
  /// The first proof of layer 3 is in D, the second in E; their executions are in I and J.
  @Test(arguments: Hosting.Finality.allCases)
  func executionsOnProofs(_ finality: Hosting.Finality) throws {
    var scenario = Self.scenario(host: .sequenceVerify, guest: .commitProveExecute, finality)
    scenario["two"].prover.witnessTime = .constant(5)
    scenario["two"].prover.proofTime = .constant(20)
    scenario["two"].bridge.executionDelay = .seconds(2000)
    scenario["three"].prover.witnessTime = .constant(3)
    for name in ["two", "three"] { scenario[name].prover.provers = 100 }
    scenario["three"].prover.proofTime = .constant(10)
    scenario["three"].bridge.executionDelay = .seconds(30)
    let values = try scenario.measured(Self.shape)
    #expect(values["three", "finality_soft_s_mean"] == 0.5)
    expect(.posted, at: 8, 12, in: values)
    expect(.included, at: 12, 24, in: values)
    expect(.settled, at: 1152, 1152, in: values)
    switch finality {
    case .final:
      expect(.proven, at: 48, 60, in: values)
      expect(.final, at: 2072, 2072, in: values)
    case .settled:
      expect(.proven, at: 24, 36, in: values)
      expect(.final, at: 1152, 1152, in: values)
    }
    // An execution takes the withdrawals along that it brings.
    expect(.withdrawable, at: 2072, 2072, in: values)
  }

  /// A layer 4 runs through all below it, and every stage of it comes after its host's.
  ///
  /// Where the data of a host is all that it needs, its own claims need not wait for those of the host.
  @Test(arguments: SettlementSequence.allCases, Hosting.Finality.allCases)
  func aLayer4ComesAfterItsHosts(
    _ sequence: SettlementSequence, _ finality: Hosting.Finality
  ) throws {
    var scenario = Self.scenario(host: sequence, guest: sequence, finality)
    for name in ["two", "three"] {
      scenario[name].workload.arrivals = .deterministic(rate: 1)
      scenario[name].poster.maxBytes = 3000
    }
    scenario.rollups.append(scenario["three"].named("four"))
    scenario.rollups.sort { $0.name < $1.name }
    scenario["four"].hosting.host = "three"
    scenario["four"].poster.calldataPerTransaction = 10_000
    scenario.horizon = SimDuration(nanoseconds: 60_500_000_000)
    for place in scenario.rollups.indices {
      scenario.rollups[place].proposer.interval = .seconds(30)
      scenario.rollups[place].bridge.challengeWindow = .seconds(1500)
      scenario.rollups[place].bridge.executionDelay = .seconds(1500)
      scenario.rollups[place].prover.witnessTime = .constant(5)
      scenario.rollups[place].prover.proofTime = .constant(20)
    }
    let shape = WorldShape(rollups: ["two", "three", "four"])
    let values = try scenario.measured(shape)
    #expect(values == (try scenario.measured(shape)))
    let stages: [Stage] =
      finality == .final
      ? [.posted, .included, .settled, .proven, .final, .withdrawable]
      : [.posted, .included, .settled, .withdrawable]
    for stage in stages {
      let means = try ["two", "three", "four"].map {
        try #require(values[$0, "finality_\(stage)_s_mean"])
      }
      #expect(means[0] <= means[1] && means[1] <= means[2], "\(stage) \(means)")
    }
  }
}

/// Expects that the two batches of layer 3 pass a stage at these times [s], in the world of `LayerByHandTests`.
func expect(
  _ stage: Stage, at first: Double, _ second: Double, in values: NamedMeasures,
  _ location: SourceLocation = #_sourceLocation
) {
  #expect(
    values["three", "finality_\(stage)_s_mean"] == (first + second) / 2 - 4.5, "\(stage)",
    sourceLocation: location)
  #expect(
    values["three", "finality_\(stage)_s_max"] == max(first - 1, second - 5), "\(stage)",
    sourceLocation: location)
}
