import EventKernel
import Randomness

/// What a scenario says about the network of a committee, and the delays that it draws.
public struct NodeLinks: ConsensusNetwork, ~Copyable {
  /// Whether delays are drawn with each message, or once for each ordered pair of nodes.
  public enum Draw: String, CaseIterable, Sendable {
    /// With each message.
    case perMessage = "per_message"
    /// Once for each ordered pair of nodes, for the whole run.
    case perPair = "per_pair"
  }

  private let law: Distribution
  private let validationLaw: Distribution
  /// By sender and receiver [ns]; empty where each message draws its own.
  private let pairs: [Int64]
  private let members: Int
  /// Who stands at each place of the committee, where some have left it.
  var seats: [Int] = []
  private var stream: RandomStream
  private var validationStream: RandomStream

  /// The network of a run.
  public init(
    delay: Distribution, drawn: Draw, validation: Distribution, members: Int,
    _ streams: StreamSource
  ) {
    law = delay
    validationLaw = validation
    self.members = members
    var stream = streams.stream("sequencer.set.network")
    pairs =
      drawn == .perPair
      ? (0..<members * members).map { _ in SimDuration(drawn: delay.sample(&stream)).nanoseconds }
      : []
    self.stream = stream
    validationStream = streams.stream("sequencer.set.validation")
  }

  /// Time until a message arrives.
  public mutating func delay(
    of message: ConsensusMessage, from sender: Int, to node: Int, at now: Int64
  ) -> Int64 {
    guard pairs.isEmpty else { return pairs[seat(sender) * members + seat(node)] }
    return SimDuration(drawn: law.sample(&stream)).nanoseconds
  }

  /// Time that a node takes to check a block.
  public mutating func validation(by node: Int) -> Int64 {
    SimDuration(drawn: validationLaw.sample(&validationStream)).nanoseconds
  }

  private func seat(_ place: Int) -> Int { seats.isEmpty ? place : seats[place] }
}

extension NodeLinks: Splittable {
  /// A copy in the same state.
  public func copy(drawing draws: Draws) -> NodeLinks { NodeLinks(copying: self, draws) }

  private init(copying other: borrowing NodeLinks, _ draws: Draws) {
    law = other.law
    validationLaw = other.validationLaw
    pairs = other.pairs
    members = other.members
    seats = other.seats
    stream = other.stream.copy(drawing: draws)
    validationStream = other.validationStream.copy(drawing: draws)
  }
}
