/// Where a trace shows an entry: a part of the settlement chain, of a rollup or of a service.
struct TraceTrack: Hashable {
  /// Whose it is: a process of the trace.
  enum Owner: Hashable {
    case settlement
    /// A rollup, by its place in the scenario.
    case rollup(Int)
    /// A service, by its place in the scenario.
    case service(Int)
  }

  /// What it shows, in the order of a journey: one thread of the trace, or several where things overlap.
  enum Part: Int, CaseIterable {
    case slots
    case finality
    case users
    case sequencer
    case poster
    case data
    case witnesses
    case proofQueue
    case provers
    case aggregator
    case claims
    case delays
    case bridge
    case terms

    /// What a viewer and the table call it.
    var name: String {
      switch self {
      case .slots: "slots"
      case .finality: "finality"
      case .users: "users"
      case .sequencer: "sequencer"
      case .poster: "poster"
      case .data: "data"
      case .witnesses: "witnesses"
      case .proofQueue: "proof queue"
      case .provers: "provers"
      case .aggregator: "aggregator"
      case .claims: "claims"
      case .delays: "delays"
      case .bridge: "bridge"
      case .terms: "terms"
      }
    }
  }

  let owner: Owner
  let part: Part

  init(_ part: Part, of owner: Owner) { (self.part, self.owner) = (part, owner) }

  init(_ part: Part, ofRollup place: Int) { self.init(part, of: .rollup(place)) }
}
