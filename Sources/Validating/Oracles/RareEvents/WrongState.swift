import EventKernel
import Randomness
import RareEvents
import Rollup
import Settlement
import Worlds

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// An optimistic rollup whose first claim is wrong, in the world that users run, and watchers whom some proposers of the
/// settlement chain censor.
///
/// A watcher sends the proof of a single round as soon as a block holds the claim. If no block has it before the window
/// ends, the wrong state takes effect.
package struct WrongState: RareEventModel, ~Copyable {
  /// What is asked.
  package struct Question: Sendable {
    /// Share of the blocks whose proposer leaves the challenge out.
    package let censored: Double
    /// Probability that a slot has no block.
    package let missed: Double
    /// How long the claim can be disputed.
    package let window: Delay
    fileprivate let world: ValidScenario

    /// A rollup with a transaction and a claim a minute, on the base case's settlement chain.
    package init(censored: Double, missed: Double = 0, window: Delay) {
      var scenario = Scenario.baseCase
      // Nothing is measured: each path would copy the histograms of its latencies to write into them.
      scenario.warmUp = .days(1)
      scenario.horizon = .days(2)
      scenario.settlement.missedSlots = missed
      scenario.settlement.censorship = .init(share: censored, target: .challenge)
      scenario.rollup.workload.arrivals = .poisson(rate: 0.02)
      scenario.rollup.sequencer.sealing = .perTransaction
      scenario.rollup.poster.maxAge = .zero
      scenario.rollup.proposer.interval = .seconds(60)
      scenario.rollup.disputes.form = .singleRound
      scenario.rollup.adversary.plan = .stealOne
      scenario.rollup.watchers.detection = .constant(0)
      switch window {
      case .time(let time): scenario.rollup.bridge.challengeWindow = time
      case .blocks(let blocks): scenario.rollup.bridge.challengeBlocks = blocks
      }
      self.censored = censored
      self.missed = missed
      self.window = window
      do {
        world = try scenario.validated()
      } catch {
        preconditionFailure("the scenario of an oracle is broken: \(error)")
      }
    }

    /// The probability that the wrong state becomes final.
    ///
    /// The block of the claim comes before the proof, and one at the end of the window is too late: the n - 1 blocks
    /// between them have to leave it out, or the slots before the end have to miss it.
    package var probability: Double {
      switch window {
      case .blocks(let blocks): pow(censored, Double(blocks - 1))
      case .time: pow(1 - (1 - missed) * (1 - censored), top.rounded(.up) - 1)
      }
    }

    /// The importance at which the wrong state is final: the length of the window in blocks, or in slots
    /// where it is a time.
    package var top: Double {
      switch window {
      case .time(let time): time.seconds / world.scenario.settlement.slot.seconds
      case .blocks(let blocks): Double(blocks)
      }
    }
  }

  package typealias Event = WorldEvent

  private let question: Question
  private var world: World

  /// Blocks since the claim, or slots where the window is a time, as long as no block has the proof;
  /// that of the end of the window only once the claim has taken effect.
  package private(set) var importance = 0.0

  /// Whether a block has the proof in time.
  package private(set) var isOver = false

  package mutating func handle(_ event: WorldEvent, _ scheduler: inout Scheduler<WorldEvent>) {
    world.handle(event, &scheduler)
    switch world.stage(ofClaim: 0, of: 0) {
    case .notMade, .waiting: return
    case .effective: importance = question.top
    case .included(let block):
      let isInTime = !question.window.hasPassed(
        since: block, at: scheduler.now, height: world.settlement.height)
      if case .settlement = event, isInTime,
        world.settlement.receipts.contains(where: { $0.transaction.kind == .defence })
      {
        isOver = true
      }
      importance = min(passed(since: block, at: scheduler.now), question.top.nextDown)
    }
  }

  /// What has passed of the window.
  private func passed(since block: BlockPlace, at now: SimTime) -> Double {
    switch question.window {
    case .time: (now - block.time).seconds / question.world.scenario.settlement.slot.seconds
    case .blocks: Double(world.settlement.height - block.height)
    }
  }

  package func copy(drawing draws: Draws) -> WrongState {
    WrongState(
      question: question, world: world.copy(drawing: draws), importance: importance,
      isOver: isOver)
  }

  /// A world at its start.
  package static func start(
    _ question: Question, seed: UInt64, replication: UInt64
  ) -> Simulation<WrongState> {
    var simulation = Simulation(
      WrongState(
        question: question,
        world: World(question.world, seed: seed, replication: replication)))
    simulation.model.world.start(&simulation.scheduler)
    return simulation
  }
}
