import EventKernel

/// Whose balances can be proved while data is withheld, and whose are frozen.
///
/// A transaction stands for the balance that it was the last to change: a unit of value. It is in flight until
/// the block that says where its data is, is final. Nothing is lost: what is available, frozen and in flight is
/// all that was accepted, which `isConserved` compares.
struct ValueAccount {
  /// Units that were there when withholding began, and later ones.
  struct Amount: Sendable {
    var before = 0
    var after = 0

    var total: Int { before + after }

    static func += (left: inout Amount, right: Amount) {
      left.before += right.before
      left.after += right.after
    }

    /// All of it, which is gone afterwards.
    mutating func take() -> Amount {
      defer { self = Amount() }
      return self
    }
  }

  /// How far withholding is.
  enum Phase: Sendable {
    case before
    /// - Parameter isRebuilt: whether somebody has rebuilt the state and follows the chain.
    case during(since: SimTime, isRebuilt: Bool)
    case over
  }

  private(set) var phase = Phase.before
  /// In batches whose place is not final.
  private(set) var inFlight = 0
  /// All that was accepted.
  private(set) var total = 0
  private var available = Amount()
  /// Handed out or on the host, and not rebuilt yet.
  private var toRebuild = Amount()
  /// What no honest party has, or no node keeps any more.
  private var lost = Amount()
  /// What honest members have who are all down, by those members as bits, in ascending order.
  private var held: [(holders: UInt64, amount: Amount)] = []
  /// Before withholding begins, what nodes of the host keep for a time, in the order of blocks.
  private var perishable = FIFOQueue<(until: SimTime, count: Int)>()
  private var perished = 0
  private(set) var record = FrozenRecord()

  /// What can be proved by nobody at present.
  var frozen: Int { toRebuild.total + lost.total + held.reduce(0) { $0 + $1.amount.total } }

  /// Whether what was accepted is somewhere.
  var isConserved: Bool {
    switch phase {
    case .during: available.total + frozen + inFlight == total
    case .before, .over: settled + inFlight == total
    }
  }

  /// Outside of withholding everything that is settled is available, wherever it is kept.
  private var settled: Int { available.total + frozen + perished + perishableCount }

  private var perishableCount: Int {
    perishable.indices.reduce(0) { $0 + perishable[$1].count }
  }

  // MARK: Batches

  /// Takes the value of a batch.
  mutating func accept(_ count: Int) {
    inFlight += count
    total += count
  }

  /// A batch whose place is final.
  struct Settled {
    /// Units whose data is public.
    let onHost: Int
    /// Until when; nil for good.
    let keptUntil: SimTime?
    /// Units whose data a committee has.
    let others: Int
    /// Its honest members that have it, as bits.
    let holders: UInt64
  }

  /// The block that says where the data of a batch is, is final.
  ///
  /// - Parameter up: members that are up, as bits.
  mutating func settle(_ batch: Settled, up: UInt64, at now: SimTime) {
    record.advance(to: now, share: frozenShare)
    inFlight -= batch.onHost + batch.others
    switch phase {
    case .before:
      if let keptUntil = batch.keptUntil {
        perishable.append((keptUntil, batch.onHost))
        forgetPerished(at: now)
      } else {
        toRebuild.before += batch.onHost
      }
      keep(Amount(before: batch.others), batch.holders)
    case .during(_, let isRebuilt):
      // Whoever has the state follows the host.
      if isRebuilt { available.after += batch.onHost } else { toRebuild.after += batch.onHost }
      keep(Amount(after: batch.others), batch.holders)
      handOut(up: up, at: now)
    case .over: available.after += batch.onHost + batch.others
    }
  }

  /// Memory does not grow with the run, but with what is kept.
  private mutating func forgetPerished(at now: SimTime) {
    while let head = perishable.head, head.until < now {
      perished += head.count
      perishable.removeFirst()
    }
  }

  private mutating func keep(_ amount: Amount, _ holders: UInt64) {
    guard amount.total > 0 else { return }
    guard holders != 0 else {
      lost += amount
      return
    }
    let place = held.firstIndex { $0.holders >= holders } ?? held.count
    if place < held.count, held[place].holders == holders {
      held[place].amount += amount
    } else {
      held.insert((holders, amount), at: place)
    }
  }

  // MARK: Withholding

  /// Nobody hands out data from now on but honest members that are up, and nodes of the host.
  ///
  /// - Parameter unclosed: transactions in blocks that are in no batch, which are in flight as well.
  mutating func begin(unclosed: Int, up: UInt64, at now: SimTime) {
    forgetPerished(at: now)
    toRebuild.before += perishableCount
    perishable = FIFOQueue()
    lost.before += perished
    perished = 0
    phase = .during(since: now, isRebuilt: false)
    record.begin(inFlight: inFlight + unclosed, of: total + unclosed, at: now)
    handOut(up: up, at: now)
  }

  /// Takes what honest members hand out that are up.
  mutating func handOut(up: UInt64, at now: SimTime) {
    guard case .during(let since, let isRebuilt) = phase, !held.isEmpty else { return }
    record.advance(to: now, share: frozenShare)
    for group in held where group.holders & up != 0 {
      if isRebuilt {
        makeAvailable(group.amount, since: since, at: now)
      } else {
        toRebuild += group.amount
      }
    }
    held.removeAll { $0.holders & up != 0 }
  }

  /// Somebody has rebuilt the state from what is to be had.
  mutating func rebuild(at now: SimTime) {
    guard case .during(let since, _) = phase else { return }
    record.advance(to: now, share: frozenShare)
    makeAvailable(toRebuild.take(), since: since, at: now)
    phase = .during(since: since, isRebuilt: true)
  }

  /// The operator hands out data again.
  mutating func end(at now: SimTime) {
    guard case .during(let since, _) = phase else { return }
    record.advance(to: now, share: frozenShare)
    let share = frozenShare
    makeAvailable(toRebuild.take(), since: since, at: now)
    makeAvailable(lost.take(), since: since, at: now)
    for group in held { makeAvailable(group.amount, since: since, at: now) }
    held = []
    phase = .over
    record.close(share: share)
  }

  /// What is frozen later is not measured.
  mutating func closeRecord(at now: SimTime) {
    record.advance(to: now, share: frozenShare)
    record.close(share: frozenShare)
  }

  private mutating func makeAvailable(_ amount: Amount, since: SimTime, at now: SimTime) {
    available += amount
    if amount.before > 0 { record.rebuilt(amount.before, after: now - since) }
  }

  /// The same as a share of what is settled.
  var frozenShare: Double {
    let whole = frozen + available.total
    return whole > 0 ? Double(frozen) / Double(whole) : 0
  }
}

/// What a run remembers of frozen balances.
struct FrozenRecord: Sendable {
  private var since: SimTime?
  private var last = SimTime.start
  private var area = 0.0
  private var isClosed = false
  private var inFlight = 0.0
  private var endShare = 0.0
  private var rebuiltCount = 0
  private var rebuiltSeconds = 0.0
  private var longest = 0.0

  mutating func begin(inFlight: Int, of total: Int, at now: SimTime) {
    (since, last) = (now, now)
    self.inFlight = total > 0 ? Double(inFlight) / Double(total) : 0
  }

  /// Notes that a share was frozen up to `now`.
  mutating func advance(to now: SimTime, share: Double) {
    guard since != nil, !isClosed else { return }
    area += share * (now - last).seconds
    last = now
  }

  mutating func close(share: Double) {
    guard since != nil, !isClosed else { return }
    (isClosed, endShare) = (true, share)
  }

  mutating func rebuilt(_ count: Int, after time: SimDuration) {
    guard !isClosed else { return }
    rebuiltCount += count
    rebuiltSeconds += Double(count) * time.seconds
    longest = max(longest, time.seconds)
  }

  var meanShare: Double? {
    guard let since, isClosed, last > since else { return nil }
    return area / (last - since).seconds
  }
  var shareAtEnd: Double? { isClosed ? endShare : nil }
  var inFlightShare: Double? { since == nil ? nil : inFlight }
  var meanRebuilt: Double? { rebuiltCount > 0 ? rebuiltSeconds / Double(rebuiltCount) : nil }
  var maxRebuilt: Double? { rebuiltCount > 0 ? longest : nil }
}
