import Ledger

/// Who hosts whom in a world, and who serves whom, by their places.
package struct Topology {
  /// The host of each rollup; nil for the settlement chain.
  package let hosts: [Int?]
  /// The rollups that settle on each.
  let guests: [[Int]]
  /// Whether any does.
  package let isHost: [Bool]
  /// Whether each posts its data on the settlement chain.
  let postsOnSettlement: [Bool]
  /// The prover service of each rollup; nil for provers of its own.
  package let services: [Int?]
  /// The service that posts the data of each with that of others; nil for none.
  let blobServices: [Int?]
  /// The rollup that each one calls; nil for none.
  let called: [Int?]
  /// How many rollups lie between each and the settlement chain.
  let depths: [Int]
  private let provesAhead: [Bool]

  /// The topology of a scenario whose hosts form no circle.
  init(_ scenario: Scenario) {
    let rollups = scenario.rollups
    let hosts = rollups.map { rollup in
      rollup.hosting.isOnSettlement
        ? nil : rollups.firstIndex { $0.name == rollup.hosting.host }
    }
    self.hosts = hosts
    guests = rollups.indices.map { host in rollups.indices.filter { hosts[$0] == host } }
    isHost = guests.map { !$0.isEmpty }
    postsOnSettlement = rollups.map(\.postsOnSettlement)
    services = rollups.map { rollup in
      rollup.proving.isOwn
        ? nil
        : scenario.services.firstIndex { $0.name == rollup.proving.service && $0.kind == .prover }
    }
    blobServices = rollups.map { rollup in
      scenario.services.firstIndex { $0.name == rollup.poster.service && $0.kind == .blobs }
    }
    called = rollups.map { rollup in
      rollup.calls.happens ? rollups.firstIndex { $0.name == rollup.calls.to } : nil
    }
    let depths = rollups.indices.map { Self.depth(of: $0, hosts) }
    self.depths = depths
    provesAhead = rollups.indices.map {
      depths[$0] > 0 && rollups[$0].proving.isOwn && rollups[$0].provesClosedBatches
    }
  }

  /// The number of the rollup at a place, of a topology without a circle.
  func rollup(_ place: Int) -> RollupID {
    RollupID(place, depth: depths[place], provesAhead: provesAhead[place])
  }

  /// How many hosts a rollup has above it, at most as many as there are rollups.
  static func depth(of rollup: Int, _ hosts: [Int?]) -> Int {
    var depth = 0
    var place = rollup
    while let host = hosts[place], depth < hosts.count { (depth, place) = (depth + 1, host) }
    return depth
  }
}
