import Declarations
import EventKernel
import Randomness

/// A stretch of time with a known number of arrivals.
struct ArrivalPiece: BitwiseCopyable {
  /// Where it begins.
  var from = SimTime.start
  /// Where it ends, which is not part of it.
  var to = SimTime.start
  /// How many arrive.
  var count = 0
  /// In how many groups, where they come in groups and are not listed.
  var groups = 0
  /// Whether their instants are listed; else only their number is known, and the law of the rest.
  var isListed = false

  /// Its length [ns].
  var length: Int64 { to.nanoseconds - from.nanoseconds }
  /// How many arrive per second [1/s].
  var rate: Double { Double(count) / (Double(length) * 1e-9) }

  /// What 64 random bits make of it: an instant in it [ns since the start of the run], uniform, and 64 bits
  /// more.
  ///
  /// The product of word and length has the instant above and the rest below. Of pieces of at most 2^40 ns
  /// the rest has at least 24 bits of its own.
  @inline(__always)
  func instant(of word: UInt64) -> (instant: Int64, rest: UInt64) {
    let (high, low) = word.multipliedFullWidth(by: UInt64(length))
    return (from.nanoseconds &+ Int64(bitPattern: high), low)
  }
}

/// Arrivals, piece by piece: first how many, then when.
///
/// Pieces end on a grid of their own and at given cuts, so what arrives depends neither on when blocks are
/// sealed nor on anything that happens to transactions later.
struct Arrivals: ~Copyable {
  /// How many arrivals a piece has on average, where single ones are drawn.
  private static let meanCount = 256.0

  let process: ArrivalProcess
  /// What the settlement chain's clock shows at the start of the run [ns since 1970].
  let epoch: Int64
  /// Instants at which pieces end.
  private let cuts: [SimTime]
  /// What pieces are cut by [ns].
  private let grid: Int64
  /// Whether arrivals that depend on each other are counted, and not listed.
  private let isCounted: Bool
  /// The instants of a piece that lists them, in order [ns since the start of the run].
  var instants: [Int64] = []
  var stream: RandomStream
  private var states: RandomStream

  /// The end of the last piece.
  var through = SimTime.start
  /// Which cut is next.
  private var cut = 0
  /// Arrivals so far, of a process that numbers them.
  var number = 0
  /// The interval of the trace, and its arrivals to come.
  var step = 0
  var left = 0
  /// Whether a modulated process is in a burst, and until when it stays so.
  private var isBurst = false
  private var switchesAt = SimTime.start
  /// The rate that past arrivals bring to a self-exciting process [1/s].
  var excitement = 0.0
  /// The next arrival of a self-exciting process.
  var pending = SimTime.distantFuture

  /// Arrivals from the start of a run.
  ///
  /// - Parameters:
  ///   - cuts: instants at which pieces end, in order.
  ///   - grid: what pieces are cut by where arrivals are only counted [ns]; nil for some 256 arrivals each.
  ///   - startsAt: what the settlement chain's clock shows [Unix seconds].
  init(
    _ process: ArrivalProcess, cuts: [SimTime], grid: Int64?, startsAt: Int64,
    _ streams: StreamSource
  ) {
    self.process = process
    self.cuts = cuts
    self.grid = grid ?? Self.grid(for: process.highestRate)
    isCounted = grid != nil
    epoch = startsAt * 1_000_000_000
    stream = streams.stream("workload.arrivals")
    states = streams.stream("workload.arrival_states")
    open()
  }

  /// A power of two of nanoseconds that has about 256 arrivals, at most 18 minutes.
  private static func grid(for rate: Double) -> Int64 {
    let length = meanCount / max(rate, 1e-9) * 1e9
    return 1 << min(max(Int64(length.exponent), 10), 40)
  }

  private mutating func open() {
    switch process {
    case .modulated(let process):
      isBurst = states.bernoulli(process.burstShare)
      drawSwitch(process)
    case .selfExciting(let process):
      excitement = process.rate - process.baseline
      pending = .start + gap(process)
    case .counts(let trace), .times(let trace): beginTrace(trace)
    case .poisson, .deterministic, .profile, .groups: break
    }
  }

  // MARK: Pieces

  /// The next piece, which begins where the last one ended; empty and endless once nothing comes any more.
  mutating func next() -> ArrivalPiece {
    var piece = ArrivalPiece(from: through, to: endOfPiece)
    switch process {
    case .poisson(let rate): fill(&piece, at: rate)
    case .deterministic(let rate):
      let regular = RegularInstants(rate: rate)
      if isCounted { count(&piece, regular) } else { list(&piece, regular) }
    case .profile(let profile):
      let hour = (epoch + through.nanoseconds) / Self.hour
      shorten(&piece, to: SimTime(nanoseconds: (hour + 1) * Self.hour - epoch))
      fill(&piece, at: profile.rate(inHour: hour))
    case .modulated(let process):
      shorten(&piece, to: switchesAt)
      fill(&piece, at: isBurst ? process.rates.burst : process.rates.calm)
      if piece.to == switchesAt {
        through = piece.to
        isBurst.toggle()
        drawSwitch(process)
      }
    case .selfExciting(let process): list(&piece, process)
    case .groups(let process):
      if isCounted { count(&piece, process) } else { listGroups(&piece, process) }
    case .counts(let trace): take(&piece, from: trace)
    case .times(let trace): listTimes(&piece, trace)
    }
    through = piece.to
    while cut < cuts.count, cuts[cut] <= through { cut += 1 }
    return piece
  }

  /// Goes back to an instant of the last piece: what comes after it is drawn anew.
  ///
  /// - Returns: whether that is possible, as it is where what comes rests on the clock alone.
  mutating func rewind(to instant: SimTime) -> Bool {
    switch process {
    case .poisson, .profile:
      through = instant
      cut = cuts.firstIndex { $0 > instant } ?? cuts.count
      return true
    default: return false
    }
  }

  private static let hour: Int64 = 3_600_000_000_000

  private var endOfPiece: SimTime {
    let (end, overflows) = (through.nanoseconds / grid + 1).multipliedReportingOverflow(by: grid)
    let onGrid = overflows ? .distantFuture : SimTime(nanoseconds: end)
    return cut < cuts.count ? min(onGrid, cuts[cut]) : onGrid
  }

  func shorten(_ piece: inout ArrivalPiece, to end: SimTime) {
    piece.to = min(piece.to, end)
  }

  private mutating func fill(_ piece: inout ArrivalPiece, at rate: Double) {
    let mean = rate * Double(piece.length) * 1e-9
    piece.count = mean > 0 ? stream.poisson(mean: mean) : 0
  }

  private mutating func drawSwitch(_ process: ModulatedArrivals) {
    let mean = isBurst ? process.burstTime : process.calmTime
    let stay = SimDuration(seconds: states.exponential(mean: mean.seconds)) ?? .days(30_000)
    switchesAt = through + max(stay, SimDuration(nanoseconds: 1))
  }
}

extension Arrivals: Splittable {
  /// A copy in the same state.
  func copy(drawing draws: Draws) -> Arrivals { Arrivals(copying: self, draws) }

  private init(copying other: borrowing Arrivals, _ draws: Draws) {
    process = other.process
    epoch = other.epoch
    cuts = other.cuts
    grid = other.grid
    isCounted = other.isCounted
    instants = other.instants
    stream = other.stream.copy(drawing: draws)
    states = other.states.copy(drawing: draws)
    through = other.through
    cut = other.cut
    number = other.number
    step = other.step
    left = other.left
    isBurst = other.isBurst
    switchesAt = other.switchesAt
    excitement = other.excitement
    pending = other.pending
  }
}
