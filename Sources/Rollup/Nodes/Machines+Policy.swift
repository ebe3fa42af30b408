import Declarations
import EventKernel
import Randomness

extension Machines {
  /// What a scenario says about the machines that a rollup depends on.
  public struct Policy: Hashable, Sendable {
    /// Machines that can sequence: one does, the others stand by.
    public var sequencers = 1
    /// Mean time for which one is up by itself, exponential; zero for always.
    public var meanUp = SimDuration.zero
    /// How long its repair takes [s].
    public var repair = Distribution.constant(3600)
    /// Client implementations that they run in turn.
    public var implementations = 1
    /// Mean time between bugs of an implementation, exponential; zero for none.
    public var bugInterval = SimDuration.zero
    /// What one does to its machines.
    public var bugEffect = BugEffect.stops
    /// How long it does so [s].
    public var bugRepair = Distribution.constant(3600)
    /// From the failure of the machine that sequences until one that stands by takes over [s].
    public var takeover = Distribution.constant(0)
    /// From the end of a repair until the machine sequences, where none stood by.
    public var restart = SimDuration.zero
    /// Time between two snapshots of the state, from which a machine replays; zero for none lost.
    public var snapshotInterval = SimDuration.zero
    /// How many times faster blocks are replayed than they were made.
    public var replaySpeed = 10.0
    /// Mean time for which the machine is up that hands batches over, exponential; zero for always.
    public var posterUp = SimDuration.zero
    /// How long its repair takes [s].
    public var posterRepair = Distribution.constant(3600)
    /// The outage that comes for certain.
    public var outage = Outage()
    /// When the operator ceases to sequence for good; zero for never.
    public var stopsAt = SimDuration.zero
    /// Probability that a failure of the machine that sequences loses what it has confirmed and not handed over.
    public var lossProbability = 0.0
    /// What rests on a confirmation that is lost [USD].
    public var valueUSD = 0.0

    /// Machines that never fail.
    public init() {}

    /// Machines that never fail.
    public static let baseCase = Policy()
  }

  /// What a bug of an implementation does to the machines that run it.
  public enum BugEffect: String, CaseIterable, Sendable {
    /// They stop.
    case stops
    /// They compute another state than the others: more than two thirds that do agree on invalid blocks until it is found.
    case disagrees
  }

  /// An outage that comes for certain, such as one that is replayed.
  public struct Outage: Hashable, Sendable {
    /// What it takes down.
    public enum Target: String, CaseIterable, Sendable {
      /// Nothing.
      case none
      /// All machines that can sequence.
      case sequencer
      /// The machine that hands batches over.
      case poster
      /// All of them.
      case all
    }

    /// What it takes down.
    public var target = Target.none
    /// When it begins [s from the start of the run].
    public var at = Distribution.constant(3600)
    /// How long it takes [s].
    public var duration = Distribution.constant(3600)

    /// No outage.
    public init() {}

    var hitsSequencers: Bool { target == .sequencer || target == .all }
    var hitsPoster: Bool { target == .poster || target == .all }
  }
}

extension Machines.Policy {
  /// Whether anything can fail.
  public var fail: Bool { sequencersFail || posterFails || stopsAt > .zero }

  /// Whether blocks can fail to come.
  public var sequencersFail: Bool {
    meanUp > .zero || bugInterval > .zero || outage.hitsSequencers
  }

  /// Whether batches can wait for the machine that hands them over.
  public var posterFails: Bool { posterUp > .zero || outage.hitsPoster }

  /// Whether confirmations can be lost.
  public var loses: Bool { lossProbability > 0 && sequencersFail }

  /// Whether a bug can have machines agree on invalid blocks.
  public var canDisagree: Bool { bugInterval > .zero && bugEffect == .disagrees }

  /// The most machines.
  public static let mostSequencers = 1000

  /// What a scenario can say about machines.
  public static let parameters: [PartParameter<Machines.Policy>] =
    sequencing + posting + outages
    + [
      .duration(
        "stops_at", \.stopsAt,
        "When the operator ceases to sequence for good; what is confirmed goes its way, what waits is stranded; 0 for never."
      ).titled("When the operator stops for good")
    ]

  private static let sequencing: [PartParameter<Machines.Policy>] =
    [
      .duration(
        "up", \.meanUp,
        "Mean time for which a machine that can sequence is up by itself, exponential; 0 for always."
      ).titled("Mean time up of a sequencer"),
      .duration(
        "bug_interval", \.bugInterval,
        "Mean time between bugs of a client implementation, exponential; 0 for none."
      ).titled("Mean time between bugs of an implementation"),
    ]
    + [PartParameter<Machines.Policy>]([
      .whole(
        "sequencers", .count, \.sequencers,
        "Machines that can sequence: the first that is up does, the others stand by.")
    ]).used(when: \.sequencersFail)
    + [
      .distribution(
        "repair", .duration, \.repair, "Time that the repair of such a machine takes."
      ).used { $0.meanUp > .zero },
      .whole(
        "implementations", .count, \.implementations,
        "Client implementations that the machines run in turn.", affects: .everything
      ).used { $0.bugInterval > .zero },
      .distribution(
        "bug_repair", .duration, \.bugRepair,
        "Time for which a bug takes down all machines of an implementation, or has them compute another state."
      ).used { $0.bugInterval > .zero },
      .word(
        "bug_effect", \.bugEffect,
        "What a bug does to its machines: they stop, or disagree with the others and agree among themselves."
      ).titled("What a bug does").used { $0.bugInterval > .zero },
    ]
    + [PartParameter<Machines.Policy>]([
      .distribution(
        "takeover", .duration, \.takeover,
        "Time from the failure of the machine that sequences until one that stands by takes over."
      ).titled("Time until a standby takes over"),
      .duration(
        "restart", \.restart,
        "Time from the end of a repair until the machine sequences, where none stood by."
      ).titled(
        "Time to restart a sequencer"),
      .duration(
        "snapshot_interval", \.snapshotInterval,
        "Time between snapshots of the state, from the last of which a restart replays; 0 for no replay."
      ).titled("Time between snapshots"),
    ]).used(when: \.sequencersFail)
    + [
      .number(
        "replay_speed", .number, \.replaySpeed,
        "How many times faster blocks are replayed than they were made."
      ).used { $0.sequencersFail && $0.snapshotInterval > .zero }
    ]
    + [PartParameter<Machines.Policy>]([
      .number(
        "loss", .share, \.lossProbability,
        "Probability that a failure of the machine that sequences loses what it has confirmed and not handed over."
      ).titled("Probability that confirmations are lost")
    ]).used(when: \.sequencersFail)
    + [
      .number(
        "value", .usd, \.valueUSD, "What rests on a confirmation that is lost, on average."
      ).titled("Value that rests on a confirmation").used { $0.loses || $0.canDisagree }
    ]

  private static let posting: [PartParameter<Machines.Policy>] = [
    .duration(
      "poster_up", \.posterUp,
      "Mean time for which the machine is up that hands batches over, exponential; 0 for always."
    ).titled("Mean time up of the poster"),
    .distribution(
      "poster_repair", .duration, \.posterRepair, "Time that its repair takes."
    ).titled("Time that the repair of the poster takes").used { $0.posterUp > .zero },
  ]

  private static let outages: [PartParameter<Machines.Policy>] = [
    .word("outage.hits", \.outage.target, "What an outage takes down that comes for certain."),
    .distribution(
      "outage.at", .duration, \.outage.at, "When it begins, from the start of the run."
    ).used { $0.outage.target != .none },
    .distribution("outage.duration", .duration, \.outage.duration, "How long it takes.")
      .used { $0.outage.target != .none },
  ]
}

extension Machines.Policy {
  /// States what holds of any machines.
  public func check(_ expect: inout Expectations) {
    expect(
      (1...Self.mostSequencers).contains(sequencers), "sequencers",
      "expected from 1 to \(Self.mostSequencers) machines")
    expect(
      (1...Self.mostSequencers).contains(implementations), "implementations",
      "expected from 1 to \(Self.mostSequencers) implementations")
    for (time, key) in [(meanUp, "up"), (bugInterval, "bug_interval"), (posterUp, "poster_up")] {
      expect(
        time == .zero || time >= .seconds(1), .init(stringLiteral: key),
        "expected 0 s, or at least 1 s")
    }
    for (time, key) in [
      (repair, "repair"), (bugRepair, "bug_repair"), (posterRepair, "poster_repair"),
      (outage.duration, "outage.duration"),
    ] {
      expect(time.mean > 0, .init(stringLiteral: key), "expected a time above 0 s on average")
    }
    expect(
      snapshotInterval == .zero || snapshotInterval >= .seconds(1), "snapshot_interval",
      "expected 0 s, or at least 1 s")
    expect((1e-3...1e9).contains(replaySpeed), "replay_speed", "expected from 0.001 to 1e9")
    expect((0...1).contains(lossProbability), "loss", "expected a share from 0 to 1")
    expect((0...1e12).contains(valueUSD), "value", "expected from 0 to 1e12 USD")
  }
}
