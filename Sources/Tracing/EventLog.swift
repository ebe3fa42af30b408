import Declarations
import EventKernel
import Rollup
import Worlds

/// Every event of a run, a line each: when, what, of whom, and what it changed.
///
/// Lines are written as the run goes on, so the last one tells where a model that traps does so. They
/// are separated by tabs.
public final class EventLog {
  /// What stands above the lines.
  public static let header = "time_s\tevent\tof\tchanges\n"

  private let sink: (String) throws -> Void
  /// Why a line could not be written.
  public private(set) var failure: (any Error)?

  /// A log whose lines go to `sink`, the header first.
  public init(_ sink: @escaping (String) throws -> Void) {
    self.sink = sink
    write(Self.header)
  }

  /// Whether a line could not be written.
  var hasFailed: Bool { failure != nil }

  /// Writes a line about an event.
  func write(
    _ event: WorldEvent, _ scenario: Scenario, _ changes: String, at now: SimTime,
    in window: ClosedRange<SimTime>
  ) {
    guard window.contains(now) else { return }
    write(
      "\((now - .start).seconds.shortest)\t\(event.name)\t\(event.maker(in: scenario))\t\(changes)\n"
    )
  }

  private func write(_ text: String) {
    guard failure == nil else { return }
    do { try sink(text) } catch { failure = error }
  }
}

extension WorldEvent {
  /// The part that it is an event of, and what happens.
  fileprivate var name: String {
    switch self {
    case .settlement(.slot): "settlement.slot"
    case .sequencer(.seal, _): "sequencer.seal"
    case .sequencerSet(.confirmed, _): "sequencer.set.confirmed"
    case .sequencerSet(.posts(let batch), _): "sequencer.set.posts \(batch)"
    case .sequencerSet(.races(let batch), _): "sequencer.set.races \(batch)"
    case .batchPoster(.deadline(let batch), _): "poster.deadline \(batch)"
    case .batchPoster(.overdue(let batch), _): "poster.overdue \(batch)"
    case .neighbour(.due(let rollup)): "neighbour.due \(rollup)"
    case .deposit(.due, _): "deposits.due"
    case .prover(.witnessed(let batch), _): "prover.witnessed \(batch)"
    case .prover(.proved(_, let batch), _): "prover.proved \(batch)"
    case .prover(.groupDeadline(let batch), _): "prover.group_deadline \(batch)"
    case .prover(.aggregated, _): "prover.aggregated"
    case .proverService(.proved(let job), _): "service.proved \(job)"
    case .proverService(.sharedDeadline(let proof), _): "service.shared_deadline \(proof)"
    case .proverService(.shared, _): "service.shared"
    case .sharedBlobs(.deadline(let transaction), _): "service.blob_deadline \(transaction)"
    case .stateProposer(.due, _): "proposer.due"
    case .bridge(.matured(let claim), _): "bridge.matured \(claim)"
    case .bridge(.released(let claim), _): "bridge.released \(claim)"
    case .dataLayer(.committee(.member(let member)), _): "data.member \(member)"
    case .dataLayer(.committee(.commonCause), _): "data.common_cause"
    case .dataLayer(.committee(.signed(let batch)), _): "data.signed \(batch)"
    case .dataLayer(.external(.block), _): "data.block"
    case .dataLayer(.external(.attested(let batch)), _): "data.attested \(batch)"
    case .dataLayer(.withholding(.begins), _): "data.withholding_begins"
    case .dataLayer(.withholding(.rebuilt), _): "data.rebuilt"
    case .dataLayer(.withholding(.ends), _): "data.withholding_ends"
    case .exits(.begins, _): "exits.begins"
    case .exits(.overdue, _): "exits.overdue"
    case .fastExit(.due, _): "fast_exits.due"
    case .fastExit(.ofRun(let user), _): "fast_exits.of_run \(user)"
    case .fastExit(.pays(let number), _): "fast_exits.pays \(number)"
    case .call(.due, _): "calls.due"
    case .call(.pays(let number), _): "calls.pays \(number)"
    case .call(.executes(let number), _): "calls.executes \(number)"
    case .call(.arrives(let number), _): "calls.arrives \(number)"
    case .forced(.sends(let user), _): "forced.sends \(user)"
    case .forced(.serves(let user), _): "forced.serves \(user)"
    case .upgrades(.keys, _): "upgrades.keys"
    case .upgrades(.council, _): "upgrades.council"
    case .upgrades(.ready, _): "upgrades.ready"
    case .upgrades(.attacks, _): "upgrades.attacks"
    case .upgrades(.matured(let number), _): "upgrades.matured \(number)"
    case .upgrades(.noticed(let number), _): "upgrades.noticed \(number)"
    case .upgrades(.voted(let number), _): "upgrades.voted \(number)"
    case .machines(.sequencer(let machine), _): "nodes.sequencer \(machine)"
    case .machines(.bug(let implementation), _): "nodes.bug \(implementation)"
    case .machines(.takesOver, _): "nodes.takes_over"
    case .machines(.poster, _): "nodes.poster"
    case .machines(.outage, _): "nodes.outage"
    case .machines(.stops, _): "nodes.stops"
    case .machines(.windowEnds, _): "nodes.window_ends"
    case .machines(.restarts, _): "nodes.restarts"
    case .change(let terms, _): "change \(terms)"
    case .measurement(.begins): "measurement.begins"
    case .measurement(.ends): "measurement.ends"
    }
  }

  /// The name of the rollup or service whose event it is; empty for the world's own, and for the only
  /// rollup of a scenario that names none.
  fileprivate func maker(in scenario: Scenario) -> String {
    switch self {
    case .sequencer(_, let rollup), .batchPoster(_, let rollup), .deposit(_, let rollup),
      .prover(_, let rollup), .stateProposer(_, let rollup), .bridge(_, let rollup),
      .dataLayer(_, let rollup), .exits(_, let rollup), .fastExit(_, let rollup),
      .machines(_, let rollup), .forced(_, let rollup), .sequencerSet(_, let rollup),
      .upgrades(_, let rollup), .call(_, let rollup), .change(_, let rollup):
      scenario.rollups[Int(rollup.number)].name
    case .proverService(_, let service), .sharedBlobs(_, let service):
      scenario.services[Int(service.number)].name
    case .settlement, .neighbour, .measurement: ""
    }
  }
}
