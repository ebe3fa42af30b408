import EventKernel
import Randomness

/// The searchers who take part, and what each has for the whole run.
struct SearcherCrowd: Sendable {
  /// The factor to the share of a value that each can take.
  private(set) var skills: [Double] = []
  /// The factor to the latency of each.
  private(set) var slowness: [Double] = []
  /// What they pay for speed and to take part, together [USD per hour].
  private(set) var usdPerHour = 0.0
  /// The mean latency that each has paid for [s]; empty where they have what they have.
  private(set) var boughtLatencies: [Double] = []

  /// How many there are.
  var count: Int { skills.count }

  /// Draws them, lets those enter whom it pays, and finds what they spend on speed.
  ///
  /// That is done once, by `Contest`, in which each knows what it is worth to all. They reckon with the value that opportunities have when they appear.
  init(_ policy: SearcherPolicy, usdPerEther: Double, _ stream: inout RandomStream) {
    guard policy.act else { return }
    var all = (0..<policy.count).map { _ in
      (
        skill: max(0, policy.skill.sample(&stream)),
        slowness: max(0, policy.slowness.sample(&stream))
      )
    }
    let perHour =
      policy.opportunities * 3600 * policy.value.mean * policy.extraction.mean * usdPerEther
    if policy.entry == .free {
      all.sort { $0.skill > $1.skill }
      let values = all.map { $0.skill * perHour }
      let entrants =
        policy.investment == .contest
        ? Contest.entrants(values: values, cost: policy.entryCost)
        : Self.entrants(values: values, cost: policy.entryCost)
      all.removeLast(all.count - entrants)
    }
    if policy.investment == .contest {
      let spending = Contest(values: all.map { $0.skill * perHour }).spending
      if all.count > 1 {
        // Who would spend nothing never wins.
        all = zip(all, spending).compactMap { $1 > 0 ? $0 : nil }
        boughtLatencies = spending.compactMap { $0 > 0 ? policy.latencyCost / $0 : nil }
      }
      usdPerHour = spending.reduce(0, +)
    }
    usdPerHour += Double(all.count) * policy.entryCost
    skills = all.map(\.skill)
    slowness = all.map(\.slowness)
  }

  /// How many enter who all win alike.
  private static func entrants(values: [Double], cost: Double) -> Int {
    guard cost > 0 else { return values.count }
    var most = 0
    for (index, value) in values.enumerated() {
      guard value / Double(index + 1) >= cost * (1 - 1e-9) else { break }
      most = index + 1
    }
    return most
  }
}
