import EventKernel
import Foundation
import Testing

@testable import Settlement

/// Demand that rises and falls with the time of day and of the week.
@Suite struct DemandCycleTests {
  /// 2024-06-20T12:00:00Z, a Thursday.
  private static let start: Int64 = 1_718_884_800

  /// Gas that others use in each slot of a week, with a constant fee and nothing random.
  private func week(_ change: (inout OthersDemand.Policy) -> Void) -> [(date: Date, gas: Double)] {
    var policy = SettlementPolicy.dencun(load: 0.5)
    policy.executionFee.kind = .constant
    policy.startsAt = Self.start
    policy.slot = .seconds(60)
    change(&policy.demand)
    return ChainDriver.run(policy, slots: 7 * 24 * 60).model.slots.map {
      (Date(timeIntervalSince1970: Double(Self.start) + $0.time.seconds), Double($0.block.gas))
    }
  }

  private var calendar: Calendar {
    get throws {
      var calendar = Calendar(identifier: .gregorian)
      calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
      return calendar
    }
  }

  /// The mean over a week is that without cycles, and phases are those of a calendar.
  ///
  /// The calendar is Foundation's, not the chain's arithmetic. A block's gas is rounded down, so means agree to a gas.
  @Test func meanAndPhase() throws {
    let slots = week {
      $0.day.amplitude = 0.3
      $0.day.peak = .hours(15)
      $0.week.amplitude = 0.1
      $0.week.peak = .hours(26)
    }
    let calendar = try calendar
    var byHour = [Double](repeating: 0, count: 24)
    var byWeekday = [Double](repeating: 0, count: 8)
    for slot in slots {
      byHour[calendar.component(.hour, from: slot.date)] += slot.gas / (7 * 60)
      byWeekday[calendar.component(.weekday, from: slot.date)] += slot.gas / (24 * 60)
    }
    let mean = slots.reduce(0) { $0 + $1.gas } / Double(slots.count)
    #expect(abs(mean - 7_500_000) < 1)
    // By hand: the mean of a cosine over the hour at whose beginning it is highest, sampled each minute.
    let hour = (0..<60).reduce(0) { $0 + cos(2 * Double.pi * Double($1) / 1440) } / 60
    #expect(abs(byHour[15] / 7_500_000 - (1 + 0.3 * hour)) < 1e-3)
    #expect(abs(byHour[3] / 7_500_000 - (1 - 0.3 * hour)) < 1e-3)
    // Sunday is 1: highest at 02:00 on Tuesday, so Tuesday is above Monday, and Friday lowest.
    #expect(byWeekday.firstIndex(of: byWeekday.max() ?? 0) == 3)
    #expect(byWeekday.dropFirst().firstIndex(of: byWeekday.dropFirst().min() ?? 0) == 6)
  }

  /// Amplitude and peak come back from the series by the sums that the handbook names.
  @Test func cyclesAreFoundInTheirSeries() {
    let slots = week {
      $0.day.amplitude = 0.3
      $0.day.peak = .hours(15)
    }
    let mean = slots.reduce(0) { $0 + $1.gas } / Double(slots.count)
    var (real, imaginary) = (0.0, 0.0)
    for slot in slots {
      let angle = 2 * Double.pi * slot.date.timeIntervalSince1970 / 86_400
      real += 2 / Double(slots.count) * slot.gas / mean * cos(angle)
      imaginary += 2 / Double(slots.count) * slot.gas / mean * sin(angle)
    }
    #expect(abs((real * real + imaginary * imaginary).squareRoot() - 0.3) < 1e-6)
    let peak = atan2(imaginary, real) / (2 * Double.pi) * 24
    #expect(abs((peak + 24).truncatingRemainder(dividingBy: 24) - 15) < 1e-5)
  }

  @Test func withoutAmplitudeNothingMoves() {
    let flat = week { _ in }
    let peaked = week {
      $0.day.peak = .hours(15)
      $0.week.peak = .hours(26)
    }
    #expect(flat.map(\.gas) == peaked.map(\.gas))
    #expect(Set(flat.map(\.gas)) == [7_500_000])
  }
}
