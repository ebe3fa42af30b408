import Foundation

/// A block auction written out: every transaction of the others is a value with a tip, blocks are filled
/// in order of tips, and one transaction of ours waits for the first block that takes it.
///
/// It shares no code with the chain: its own generator, its own samplers, and gas as single transactions.
struct BlockAuction {
  /// A market, in its own words.
  struct Market {
    /// Gas that others want per block on average [gas], and what fits.
    var gas = 0.0
    var gasLimit = 30_000_000.0
    var transactionGas = 100_000.0
    /// Blobs that others want per block on average, what fits, and how often a transaction has how many.
    var blobs = 0.0
    var blobLimit = 6
    var sizes: [(blobs: Int, weight: Double)] = [(1, 1)]
    /// Mean tip of the others [wei per gas].
    var meanTip = 1e9
    /// Standard deviation of the logarithm of demand, and its correlation from block to block.
    var volatility = 0.0
    var persistence = 0.0
    /// Share of blocks without blobs.
    var blobless = 0.0
  }

  let market: Market
  private var state: UInt64

  init(_ market: Market, seed: UInt64) {
    self.market = market
    state = seed
  }

  /// SplitMix64 (Steele, Lea and Flood 2014).
  private mutating func uniform() -> Double {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return Double((word ^ (word >> 31)) >> 11) * 0x1p-53
  }

  private mutating func exponential() -> Double { -log(1 - uniform()) }

  /// Box and Muller.
  private mutating func normal() -> Double {
    (2 * exponential()).squareRoot() * cos(2 * Double.pi * uniform())
  }

  /// Arrivals of a Poisson process in a time of `mean`.
  private mutating func poisson(_ mean: Double) -> Int {
    var (count, time) = (0, exponential())
    while time < mean {
      count += 1
      time += exponential()
    }
    return count
  }

  private mutating func size() -> Int {
    var left = uniform() * market.sizes.reduce(0) { $0 + $1.weight }
    for size in market.sizes {
      left -= size.weight
      if left < 0 { return size.blobs }
    }
    return market.sizes[market.sizes.count - 1].blobs
  }

  /// How many blocks pass over a transaction that bids `tip`, at most `limit`.
  mutating func delay(gas: Double, blobs: Int, tip: Double, limit: Int) -> Int {
    let meanSize =
      market.sizes.reduce(0) { $0 + Double($1.blobs) * $1.weight }
      / market.sizes.reduce(0) { $0 + $1.weight }
    var gasLevel = market.volatility * normal()
    var blobLevel = market.volatility * normal()
    let spread = market.volatility * (1 - market.persistence * market.persistence).squareRoot()
    for block in 0..<limit {
      gasLevel = market.persistence * gasLevel + spread * normal()
      blobLevel = market.persistence * blobLevel + spread * normal()
      var gasBefore = 0.0
      for _ in 0..<poisson(market.gas * exp(gasLevel) / market.transactionGas) {
        gasBefore += market.meanTip * exponential() > tip ? market.transactionGas : 0
      }
      var bids: [(tip: Double, blobs: Int)] = []
      for _ in 0..<poisson(market.blobs * exp(blobLevel) / meanSize) {
        bids.append((market.meanTip * exponential(), size()))
      }
      bids.append((tip, blobs))
      bids.sort { $0.tip > $1.tip }
      var room = uniform() < market.blobless ? 0 : market.blobLimit
      var isTaken = false
      for bid in bids where bid.blobs <= room {
        room -= bid.blobs
        if bid.tip == tip { isTaken = true }
      }
      if isTaken, gasBefore + gas <= market.gasLimit { return block }
    }
    return limit
  }
}
