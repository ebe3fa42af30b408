import EventKernel
import Ledger
import Randomness

/// What a committee schedules for itself.
public enum CommitteeEvent: BitwiseCopyable, Sendable {
  /// A member goes down or comes back.
  case member(UInt32)
  /// A common cause begins or ends.
  case commonCause
  /// Enough signatures for a batch may be there.
  case signed(batch: UInt32)
}

/// Members that keep the data of batches and sign that they have it.
///
/// Each is up and down by itself, an alternating renewal process with exponential phases, and those that run
/// the same are taken down together by common causes, another such process (Ross, "Introduction to Probability
/// Models"). All start in their stationary states. A batch is sent to all members that are up, and to others
/// when they are back; a member that goes down before its signature is there has to be asked again.
public struct Committee: ~Copyable {
  private struct Member {
    /// Whether it can sign.
    var isUp: Bool
    /// Whether it could without a common cause.
    var isUpAlone: Bool
  }

  private struct Request {
    /// When the signature of each member is there; far in the future while it has not been asked.
    var signedAt: [SimTime]
  }

  /// What the scenario says about the committee.
  public let policy: Policy
  private var members: [Member] = []
  private var hasCommonCause = false
  /// Requests without a certificate, by the number of the batch.
  private var requests: [(batch: Int, request: Request)] = []
  private var memberStream: RandomStream
  private var commonStream: RandomStream
  private var delayStream: RandomStream

  /// A committee in its stationary state.
  init(_ policy: Policy, _ streams: StreamSource) {
    self.policy = policy
    memberStream = streams.stream("data.members")
    commonStream = streams.stream("data.common_cause")
    delayStream = streams.stream("data.signatures")
    if policy.hasCommonCause {
      hasCommonCause = commonStream.bernoulli(
        policy.commonDuration.seconds
          / (policy.commonInterval.seconds + policy.commonDuration.seconds))
    }
    for number in 0..<policy.members {
      let isUp =
        !policy.membersFail
        || memberStream.bernoulli(
          policy.meanUp.seconds / (policy.meanUp.seconds + policy.meanDown.seconds))
      members.append(Member(isUp: isUp && !isTakenDown(number), isUpAlone: isUp))
    }
  }

  /// Members that are up.
  public var upCount: Int { members.count { $0.isUp } }

  /// The members that are up, as bits.
  var upMembers: UInt64 {
    members.indices.reduce(0) { members[$1].isUp ? $0 | 1 << UInt64($1) : $0 }
  }

  /// Whether as many are up as have to sign.
  public var isAvailable: Bool { upCount >= policy.quorum }

  private func isTakenDown(_ number: Int) -> Bool { hasCommonCause && number < policy.exposed }

  // MARK: Up and down

  /// Schedules what members do first.
  mutating func start<E: CarriesDataLayerEvents>(
    _ rollup: RollupID, _ scheduler: inout Scheduler<E>
  ) {
    if policy.hasCommonCause { scheduleCommonCause(rollup, &scheduler) }
    guard policy.membersFail else { return }
    for number in members.indices { scheduleChange(of: number, rollup, &scheduler) }
  }

  private mutating func scheduleChange<E: CarriesDataLayerEvents>(
    of number: Int, _ rollup: RollupID, _ scheduler: inout Scheduler<E>
  ) {
    let mean = members[number].isUpAlone ? policy.meanUp : policy.meanDown
    scheduler.schedule(
      .dataLayer(.committee(.member(UInt32(number))), of: rollup),
      after: .phase(mean: mean, &memberStream))
  }

  private mutating func scheduleCommonCause<E: CarriesDataLayerEvents>(
    _ rollup: RollupID, _ scheduler: inout Scheduler<E>
  ) {
    let mean = hasCommonCause ? policy.commonDuration : policy.commonInterval
    scheduler.schedule(
      .dataLayer(.committee(.commonCause), of: rollup),
      after: .phase(mean: mean, &commonStream))
  }

  // MARK: Requests

  /// Sends a batch to all members.
  mutating func request<E: CarriesDataLayerEvents>(
    _ batch: Int, _ rollup: RollupID, _ scheduler: inout Scheduler<E>
  ) {
    var request = Request(
      signedAt: [SimTime](repeating: .distantFuture, count: members.count))
    for number in members.indices {
      // One draw for each, up or not: what others draw later does not depend on who is up.
      let delay = delay()
      if members[number].isUp { request.signedAt[number] = scheduler.now + delay }
    }
    requests.append((batch, request))
    expectSignatures(requests.count - 1, rollup, &scheduler)
  }

  private mutating func delay() -> SimDuration {
    SimDuration(drawn: policy.delay.sample(&delayStream))
  }

  /// Looks again when enough signatures will be there, if they will.
  private func expectSignatures<E: CarriesDataLayerEvents>(
    _ place: Int, _ rollup: RollupID, _ scheduler: inout Scheduler<E>
  ) {
    let last = requests[place].request.signedAt.sorted()[policy.quorum - 1]
    guard last < .distantFuture, last >= scheduler.now else { return }
    scheduler.schedule(
      .dataLayer(.committee(.signed(batch: UInt32(requests[place].batch))), of: rollup), at: last)
  }

  /// Moves the committee on by one event.
  ///
  /// - Returns: the batch that has its certificate now, and who signed it, as bits; nil if none has.
  mutating func handle<E: CarriesDataLayerEvents>(
    _ event: CommitteeEvent, _ rollup: RollupID, _ scheduler: inout Scheduler<E>
  ) -> (batch: Int, signers: UInt64)? {
    switch event {
    case .member(let number):
      members[Int(number)].isUpAlone.toggle()
      update(Int(number), rollup, &scheduler)
      scheduleChange(of: Int(number), rollup, &scheduler)
      return nil
    case .commonCause:
      hasCommonCause.toggle()
      for number in 0..<policy.exposed { update(number, rollup, &scheduler) }
      scheduleCommonCause(rollup, &scheduler)
      return nil
    case .signed(let batch): return certificate(of: Int(batch), at: scheduler.now)
    }
  }

  /// A member that goes down loses what it was about to sign; one that comes back is asked.
  private mutating func update<E: CarriesDataLayerEvents>(
    _ number: Int, _ rollup: RollupID, _ scheduler: inout Scheduler<E>
  ) {
    let isUp = members[number].isUpAlone && !isTakenDown(number)
    guard isUp != members[number].isUp else { return }
    members[number].isUp = isUp
    for place in requests.indices {
      if isUp {
        guard requests[place].request.signedAt[number] == .distantFuture else { continue }
        requests[place].request.signedAt[number] = scheduler.now + delay()
      } else {
        guard requests[place].request.signedAt[number] > scheduler.now else { continue }
        requests[place].request.signedAt[number] = .distantFuture
      }
      expectSignatures(place, rollup, &scheduler)
    }
  }

  /// The certificate of a batch, if enough signatures are there: those that came first.
  private mutating func certificate(
    of batch: Int, at now: SimTime
  ) -> (batch: Int, signers: UInt64)? {
    guard let place = requests.firstIndex(where: { $0.batch == batch }) else { return nil }
    let signedAt = requests[place].request.signedAt
    let there = signedAt.indices.filter { signedAt[$0] <= now }
    guard there.count >= policy.quorum else { return nil }
    let first = there.sorted { (signedAt[$0], $0) < (signedAt[$1], $1) }.prefix(policy.quorum)
    requests.remove(at: place)
    return (batch, first.reduce(0) { $0 | 1 << UInt64($1) })
  }
}

extension Committee: Splittable {
  /// A copy in the same state.
  public func copy(drawing draws: Draws) -> Committee { Committee(copying: self, draws) }

  private init(copying other: borrowing Committee, _ draws: Draws) {
    policy = other.policy
    members = other.members
    hasCommonCause = other.hasCommonCause
    requests = other.requests
    memberStream = other.memberStream.copy(drawing: draws)
    commonStream = other.commonStream.copy(drawing: draws)
    delayStream = other.delayStream.copy(drawing: draws)
  }
}
