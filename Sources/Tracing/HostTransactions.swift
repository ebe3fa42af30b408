import EventKernel
import Settlement

/// The transactions of rollups on their hosts that are not final.
///
/// Several can be about the same thing: the parts of a batch, and after re-orgs a claim that is sent anew.
/// Those of one sender keep their order, so a receipt belongs to the first that it fits.
struct HostTransactions {
  private struct Key: Hashable {
    let rollup: UInt16
    let kind: SettlementTransaction.Kind
    let reference: Int
  }

  private struct Passage {
    let submittedAt: SimTime
    let order: Int?
    /// The entry of the whole, and that of the stage that it is in.
    let whole: Int
    var stage: Int
    var includedAt: SimTime?
    var replacements = 0
  }

  private var passages: [Key: [Passage]] = [:]

  private static func key(_ transaction: SettlementTransaction) -> Key {
    Key(
      rollup: transaction.rollup.number, kind: transaction.kind, reference: transaction.reference)
  }

  /// Takes note of a transaction that is handed to a host.
  ///
  /// - Parameters:
  ///   - order: its place among all that were submitted to the settlement chain; nil for another host.
  ///   - measured: how many measured transactions it is about.
  mutating func handOver(
    _ transaction: SettlementTransaction, order: Int?, at now: SimTime, cargo: [Cargo],
    measured: Int, _ timeline: inout Timeline
  ) {
    let track = transaction.track
    var details: [TraceDetail] = [
      .text(.carries, transaction.kind.word), .number(.measuredTransactions, measured),
      .number(.gas, transaction.gas),
    ]
    if transaction.blobs > 0 { details.append(.number(.blobs, transaction.blobs)) }
    let whole = timeline.begin(
      .hostTransaction, transaction.reference, on: track, at: now, cargo: cargo, details)
    let stage = timeline.begin(
      .inclusion, transaction.reference, on: track, in: whole, at: now, [details[0]])
    passages[Self.key(transaction), default: []].append(
      Passage(submittedAt: now, order: order, whole: whole, stage: stage))
  }

  /// Takes note that a block of the host has one.
  mutating func include(
    _ receipt: SettlementReceipt, cargo: [Cargo], _ timeline: inout Timeline
  ) {
    change(receipt, includedAt: nil) { passage in
      timeline.end(
        passage.stage, at: receipt.includedAt,
        [
          .number(.slot, receipt.slot), .number(.replacements, receipt.replacements),
          TraceDetail(column: .paid, value: .number(receipt.charged.asDouble)),
        ])
      passage.stage = timeline.begin(
        .finality, receipt.transaction.reference, on: receipt.transaction.track, in: passage.whole,
        at: receipt.includedAt, cargo: cargo, [.text(.carries, receipt.transaction.kind.word)])
      passage.includedAt = receipt.includedAt
    }
  }

  /// Takes note that a re-org dropped the block with one: it waits again.
  mutating func drop(
    _ receipt: SettlementReceipt, at now: SimTime, cargo: [Cargo], _ timeline: inout Timeline
  ) {
    change(receipt, includedAt: receipt.includedAt) { passage in
      timeline.end(passage.stage, at: now, as: .dropped)
      passage.stage = timeline.begin(
        .inclusion, receipt.transaction.reference, on: receipt.transaction.track, in: passage.whole,
        at: now, cargo: cargo, [.text(.carries, receipt.transaction.kind.word)])
      passage.includedAt = nil
    }
  }

  /// Takes note that the block with one is final.
  mutating func finalise(
    _ receipt: SettlementReceipt, at now: SimTime, _ timeline: inout Timeline
  ) {
    change(receipt, includedAt: receipt.includedAt) { passage in
      timeline.end(passage.stage, at: now)
      timeline.end(passage.whole, at: now)
    }
    let key = Self.key(receipt.transaction)
    guard let place = place(of: receipt, includedAt: receipt.includedAt) else { return }
    passages[key]?.remove(at: place)
    if passages[key]?.isEmpty == true { passages[key] = nil }
  }

  /// Takes note of the bid that stands for one that waits.
  mutating func look(
    at waiting: WaitingTransaction, now: SimTime, _ timeline: inout Timeline
  ) {
    let key = Self.key(waiting.transaction)
    guard let place = passages[key]?.firstIndex(where: { $0.order == waiting.order }),
      let passage = passages[key]?[place], passage.replacements < waiting.replacements
    else { return }
    passages[key]?[place].replacements = waiting.replacements
    timeline.note(
      .replacement, waiting.transaction.reference, on: waiting.transaction.track,
      in: passage.whole, at: now,
      [
        .text(.carries, waiting.transaction.kind.word),
        .number(.feeCap, waiting.feeCap), .number(.blobFeeCap, waiting.blobFeeCap),
        .number(.replacements, waiting.replacements),
      ])
  }

  private func place(of receipt: SettlementReceipt, includedAt: SimTime?) -> Int? {
    passages[Self.key(receipt.transaction)]?.firstIndex {
      $0.submittedAt == receipt.submittedAt && $0.includedAt == includedAt
    }
  }

  private mutating func change(
    _ receipt: SettlementReceipt, includedAt: SimTime?, _ body: (inout Passage) -> Void
  ) {
    let key = Self.key(receipt.transaction)
    guard let place = place(of: receipt, includedAt: includedAt),
      var passage = passages[key]?[place]
    else { preconditionFailure("a host has a transaction that nobody handed over: \(receipt)") }
    body(&passage)
    passages[key]?[place] = passage
  }
}

extension SettlementTransaction {
  /// Where a trace shows it.
  fileprivate var track: TraceTrack {
    let part: TraceTrack.Part =
      switch kind {
      case .dataPart, .data, .provenData, .neighbourData, .sharedData: .data
      case .stateClaim, .proof, .sharedProof, .execution, .defence, .attack: .claims
      case .withdrawalProof, .withdrawal, .deposit, .exitRequest, .freeze, .exit, .payout, .message,
        .forcing, .upgrade, .veto, .call:
        .bridge
      }
    return TraceTrack(part, ofRollup: Int(rollup.number))
  }
}

extension SettlementTransaction.Kind {
  /// What a transaction of the kind does, in a word.
  var word: String {
    switch self {
    case .dataPart: "data_part"
    case .data: "data"
    case .stateClaim: "state_claim"
    case .proof: "proof"
    case .provenData: "proven_data"
    case .execution: "execution"
    case .withdrawalProof: "withdrawal_proof"
    case .withdrawal: "withdrawal"
    case .neighbourData: "neighbour_data"
    case .sharedData: "shared_data"
    case .sharedProof: "shared_proof"
    case .deposit: "deposit"
    case .exitRequest: "exit_request"
    case .freeze: "freeze"
    case .exit: "exit"
    case .defence: "defence"
    case .attack: "attack"
    case .payout: "payout"
    case .message: "message"
    case .forcing: "forcing"
    case .upgrade: "upgrade"
    case .veto: "veto"
    case .call: "call"
    }
  }

  /// Whether what it is about is a claim, and not a batch or a deposit.
  var isAboutClaim: Bool {
    switch self {
    case .stateClaim, .proof, .provenData, .execution, .withdrawalProof, .withdrawal:
      true
    case .dataPart, .data, .neighbourData, .sharedData, .sharedProof, .deposit, .exitRequest,
      .freeze, .exit, .defence, .attack, .payout, .message, .forcing, .upgrade, .veto, .call:
      false
    }
  }
}
