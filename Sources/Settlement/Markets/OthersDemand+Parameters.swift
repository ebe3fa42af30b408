import Declarations
import EventKernel

extension OthersDemand.Policy {
  /// What a scenario can say about others' demand for something.
  static func parameters(of what: String) -> [PartParameter<OthersDemand.Policy>] {
    [
      .number(
        "level", .number, \.level,
        "Others' demand for \(what) at the reference fee, in multiples of the target."
      ).titled("Others' demand for \(what)"),
      .number(
        "volatility", .number, \.volatility,
        "Stationary standard deviation of the logarithm of others' demand for \(what)."
      ).titled("Volatility of others' demand for \(what)"),
      .duration(
        "reversion", \.reversion,
        "Time in which a deviation of others' demand for \(what) decays to 1/e."
      ).titled("Reversion time of others' demand for \(what)"),
      .number(
        "elasticity", .number, \.elasticity,
        "Relative fall of others' demand for \(what) per relative rise of its fee."
      ).titled("Elasticity of others' demand for \(what)"),
      .whole(
        "reference_fee", .weiPerGas, \.referenceFee,
        "Fee at which others' demand for \(what) stands at its level."),
      .number(
        "saturation", .number, \.saturation,
        "Others' demand for \(what) however low its fee, in multiples of its level."
      ).titled("Others' demand for free \(what)"),
      .whole(
        "tip", .weiPerGas, \.meanTip,
        "Mean tip that others who want \(what) bid; exponentially distributed."),
      .duration(
        "congestion_interval", \.congestion.interval,
        "Mean time between two congestions of the market for \(what); 0 s for none."),
      .duration(
        "congestion_duration", \.congestion.duration,
        "Mean length of a congestion of the market for \(what); 0 s for none."
      ).used { $0.congestion.interval > .zero },
      .number(
        "congestion_factor", .number, \.congestionFactor,
        "Others' demand for \(what) while the market is congested, as a multiple."
      ).titled("Others' demand for \(what) in a congestion").used {
        $0.congestion.interval > .zero
      },
      .duration(
        "shock_start", \.shock.start,
        "When a shock of others' demand for \(what) begins, from the start of the run."
      ).used { $0.shock.duration > .zero },
      .duration(
        "shock_duration", \.shock.duration,
        "How long it lasts; 0 s for no shock."
      ).titled("Length of the shock of demand for \(what)"),
      .number(
        "shock_factor", .number, \.shock.factor,
        "Others' demand for \(what) during the shock, as a multiple."
      ).titled("Others' demand for \(what) in the shock").used { $0.shock.duration > .zero },
      .number(
        "daily_amplitude", .share, \.day.amplitude,
        "Share by which others' demand for \(what) rises above its mean at its hour of the day."
      ).titled("Daily amplitude of others' demand for \(what)"),
      .duration(
        "daily_peak", \.day.peak,
        "When in the day others' demand for \(what) is highest, from midnight UTC."
      ).used { $0.day.amplitude > 0 },
      .number(
        "weekly_amplitude", .share, \.week.amplitude,
        "Share by which others' demand for \(what) rises above its mean at its time of the week."
      ).titled("Weekly amplitude of others' demand for \(what)"),
      .duration(
        "weekly_peak", \.week.peak,
        "When in the week others' demand for \(what) is highest, from Monday's midnight UTC."
      ).used { $0.week.amplitude > 0 },
      .trace(
        "trace", \.trace,
        "CSV file (time_s,factor) of what multiplies others' demand for \(what) over time."
      ).titled("Trace of others' demand for \(what)"),
    ]
  }

  /// States what holds of any demand.
  func check(_ expect: inout Expectations) {
    expect(
      level >= 0 && level <= 100, "level",
      "expected from 0 to 100 times the target")
    expect(
      volatility >= 0 && volatility <= 5, "volatility",
      "expected a standard deviation from 0 to 5")
    expect(
      reversion > .zero, "reversion", "expected a positive time")
    expect(
      elasticity >= 0 && elasticity <= 10, "elasticity",
      "expected from 0 to 10")
    expect(
      referenceFee > 0, "reference_fee", "expected a positive fee")
    expect(
      (1...1e6).contains(saturation), "saturation",
      "expected from 1 to 1,000,000 times the level")
    expect(
      congestionFactor <= 1000, "congestion_factor",
      "expected from 0 to 1000")
    expect(
      shock.factor <= 1000, "shock_factor", "expected from 0 to 1000")
    expect(
      shock.start <= SettlementPolicy.longestTime, "shock_start",
      "expected at most 3650 d")
    expect(
      shock.duration <= SettlementPolicy.longestTime, "shock_duration",
      "expected at most 3650 d")
    expect(day.amplitude <= 1, "daily_amplitude", "expected a share from 0 to 1")
    expect(week.amplitude <= 1, "weekly_amplitude", "expected a share from 0 to 1")
    expect(day.peak < DemandCycle.day.period, "daily_peak", "expected a time below 24 h")
    expect(week.peak < DemandCycle.week.period, "weekly_peak", "expected a time below 7 d")
    congestion.check("congestion_", &expect)
  }
}
