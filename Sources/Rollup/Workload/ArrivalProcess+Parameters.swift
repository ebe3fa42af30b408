import Declarations
import EventKernel

extension ArrivalProcess {
  /// What a scenario can say about arrivals: the figures of one process, which replaces any other.
  static let parameters: [PartParameter<ArrivalProcess>] = [
    process(
      "poisson", [rate(\.self, "Independent arrivals at this rate.")], of: { $0 },
      take: { if case .poisson(let rate) = $0 { rate } else { nil } }, make: { .poisson(rate: $0) }),
    process(
      "deterministic", [rate(\.self, "One arrival every 1/rate.")], of: { $0 },
      take: { if case .deterministic(let rate) = $0 { rate } else { nil } },
      make: { .deterministic(rate: $0) }),
    process(
      "profile", DailyProfile.parameters, of: DailyProfile.init(rate:),
      take: { if case .profile(let shape) = $0 { shape } else { nil } }, make: { .profile($0) }),
    process(
      "modulated", ModulatedArrivals.parameters, of: ModulatedArrivals.init(rate:),
      take: { if case .modulated(let shape) = $0 { shape } else { nil } },
      make: { .modulated($0) }),
    process(
      "self_exciting", SelfExcitingArrivals.parameters, of: SelfExcitingArrivals.init(rate:),
      take: { if case .selfExciting(let shape) = $0 { shape } else { nil } },
      make: { .selfExciting($0) }),
    process(
      "groups", GroupedArrivals.parameters, of: GroupedArrivals.init(rate:),
      take: { if case .groups(let shape) = $0 { shape } else { nil } }, make: { .groups($0) }),
    process(
      "counts",
      [
        .trace(
          "trace", \.self,
          "CSV file (time_s,count) of how many transactions come from each time to the next.",
          of: .counts)
      ], of: { _ in .none },
      take: { if case .counts(let trace) = $0 { trace } else { nil } }, make: { .counts($0) }),
    process(
      "times",
      [
        .trace(
          "trace", \.self, "CSV file (time_s) of the times at which transactions come.",
          of: .instants)
      ], of: { _ in .none },
      take: { if case .times(let trace) = $0 { trace } else { nil } }, make: { .times($0) }),
  ].flatMap(\.self)

  /// The parameters of a process under its name.
  ///
  /// - Parameters:
  ///   - shape: what holds of the process at a rate where a scenario says no more.
  ///   - take: the shape, where this is the process.
  private static func process<Shape>(
    _ name: String, _ parameters: [PartParameter<Shape>],
    of shape: @escaping @Sendable (Double) -> Shape,
    take: @escaping @Sendable (ArrivalProcess) -> Shape?,
    make: @escaping @Sendable (Shape) -> ArrivalProcess
  ) -> [PartParameter<ArrivalProcess>] {
    parameters.map { parameter in
      PartParameter(
        path: "\(name).\(parameter.path)", kind: parameter.kind, summary: parameter.summary,
        affects: parameter.affects, read: { take($0).flatMap(parameter.read) },
        write: { process, value in
          var changed = take(process) ?? shape(process.rate)
          parameter.write(&changed, value)
          process = make(changed)
        }
      ).used { take($0) != nil }.titled(parameter.title)
    }
  }

  fileprivate static func rate<Shape>(
    _ key: any Place<Shape, Double>, _ summary: String
  ) -> PartParameter<Shape> {
    .number("rate", .rate, key, summary).titled("Arrivals")
  }

  /// States what holds of any arrivals.
  func check(_ expect: inout Expectations) {
    switch self {
    case .counts(let trace), .times(let trace):
      expect(
        trace.steps.count > 1, "\(name).trace", "expected a CSV file with at least two times")
    default:
      expect(
        (1e-6...1e8).contains(rate), "\(name).rate",
        "expected from 1e-6 to 1e8 arrivals per second")
    }
    expect.under(name) {
      switch self {
      case .profile(let shape): shape.check(&$0)
      case .modulated(let shape): shape.check(&$0)
      case .selfExciting(let shape): shape.check(&$0)
      case .groups(let shape): shape.check(&$0)
      case .poisson, .deterministic, .counts, .times: break
      }
    }
  }
}

extension DailyProfile {
  fileprivate static let parameters: [PartParameter<DailyProfile>] = [
    ArrivalProcess.rate(\.rate, "Independent arrivals at this rate, mean over a week."),
    .number(
      "daily_amplitude", .share, \.swing,
      "Share by which arrivals rise above their mean in the highest hour of a day."
    ).titled("Daily amplitude of arrivals"),
    .duration(
      "daily_peak", \.peak, "When the highest hour begins, from midnight UTC; a whole hour."
    ).titled("Hour with most arrivals"),
    .number(
      "weekend", .number, \.weekend, "Arrivals of a day of the weekend, as a share of a weekday's."
    ).titled("Arrivals on a weekend"),
  ]

  fileprivate func check(_ expect: inout Expectations) {
    expect((0...1).contains(swing), "daily_amplitude", "expected a share from 0 to 1")
    expect(
      peak < .hours(24) && peak == .hours(peak.wholeSeconds / 3600), "daily_peak",
      "expected a whole hour from 0 h to 23 h")
    expect((0...10).contains(weekend), "weekend", "expected from 0 to 10 times a weekday's")
  }
}

extension ModulatedArrivals {
  fileprivate static let parameters: [PartParameter<ModulatedArrivals>] = [
    ArrivalProcess.rate(\.rate, "Independent arrivals in calm and in bursts, mean over time."),
    .number("burst", .number, \.burst, "The rate in a burst, as a multiple of that in calm.")
      .titled("Arrivals in a burst, times calm"),
    .duration("calm_time", \.calmTime, "Mean length of a calm, which is exponential."),
    .duration("burst_time", \.burstTime, "Mean length of a burst, which is exponential."),
  ]

  fileprivate func check(_ expect: inout Expectations) {
    expect((1...1e6).contains(burst), "burst", "expected from 1 to 1e6 times the rate in calm")
    expect(calmTime >= .shortestCycle, "calm_time", "expected at least 1 ms")
    expect(burstTime >= .shortestCycle, "burst_time", "expected at least 1 ms")
  }
}

extension SelfExcitingArrivals {
  fileprivate static let parameters: [PartParameter<SelfExcitingArrivals>] = [
    ArrivalProcess.rate(\.rate, "Arrivals that bring others, mean over time."),
    .number(
      "offspring", .number, \.offspring, "Arrivals that one brings by itself, on average."
    ).titled("Arrivals that one brings"),
    .duration(
      "decay", \.decay,
      "Time in which the rate that an arrival brings falls to a share of 1/e."
    ).titled("Decay of what an arrival brings"),
  ]

  fileprivate func check(_ expect: inout Expectations) {
    expect((0...0.99).contains(offspring), "offspring", "expected from 0 to 0.99")
    expect(decay >= .shortestCycle, "decay", "expected at least 1 ms")
  }
}

extension GroupedArrivals {
  fileprivate static let parameters: [PartParameter<GroupedArrivals>] = [
    ArrivalProcess.rate(\.rate, "Arrivals in groups, mean of all over time."),
    .number(
      "size", .number, \.size, "Mean arrivals of a group, whose number is geometric."
    ).titled("Arrivals of a group"),
  ]

  fileprivate func check(_ expect: inout Expectations) {
    expect((1...10_000).contains(size), "size", "expected from 1 to 10,000")
  }
}
