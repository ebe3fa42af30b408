import Declarations
import Designs
import EventKernel
import Settlement
import Specifications
import Worlds

/// What one replication of one point gave.
public struct RunOutcome: Sendable, Equatable {
  /// Why a run has no result, in words.
  public struct Failed: Error, Equatable, CustomStringConvertible {
    /// The reason, with what to do about it.
    public let description: String
  }

  /// The measures, events and fingerprint, or why there are none.
  public let result: Result<RunResult, Failed>
  /// The values drawn for what is unknown, in the order of the point's `unknowns`.
  public let drawn: [Double]
}

extension Experiment {
  /// An outcome with what the specification derives from its measures.
  package func completed(_ outcome: RunOutcome) -> RunOutcome {
    guard !spec.measureTable.derived.isEmpty else { return outcome }
    return RunOutcome(
      result: outcome.result.map(spec.measureTable.completed), drawn: outcome.drawn)
  }

  /// The outcome that a store has, completed; nil if the bytes are not those of one.
  ///
  /// A store has what runs measure alone, so that another derived measure needs no new run.
  func outcome(bytes: [UInt8]) -> RunOutcome? { RunOutcome(bytes: bytes).map(completed) }
}

extension Experiment.Point {
  /// What a run of the point drew for each unknown figure, by its path.
  public func drawn(in outcome: RunOutcome) -> [(path: String, value: Double)] {
    zip(resolved.unknowns, outcome.drawn).map { ($0.parameter.path, $1) }
  }

  /// Runs one replication.
  ///
  /// - Parameters:
  ///   - feeGrid: how often to note the fees; nil for not at all.
  ///   - onProgress: gets the share of the horizon that has passed, now and then.
  public func run(
    replication: Int, feeGrid: SimDuration? = nil, onProgress: (Double) -> Void = { _ in }
  ) -> RunOutcome {
    let drawn = draw(replication)
    do throws(RunFailure) {
      guard let valid = try? drawn.scenario.validated(resolved.shape) else { throw .invalidDraw }
      let result = try valid.run(
        seed: seed, replication: streams(ofReplication: replication), feeGrid: feeGrid,
        onProgress: onProgress)
      return RunOutcome(result: .success(result), drawn: drawn.values)
    } catch {
      return RunOutcome(
        result: .failure(.init(description: error.description)), drawn: drawn.values)
    }
  }
}

extension Experiment.Point {
  /// The number of the streams of a replication.
  package func streams(ofReplication replication: Int) -> UInt64 {
    coupling.streams(ofReplication: replication)
  }

  /// The scenario of a replication with its unknown figures drawn, and their values.
  package func draw(_ replication: Int) -> (scenario: Scenario, values: [Double]) {
    guard !places.isEmpty else {
      return resolved.drawn(seed: seed, replication: coupling.streams(ofReplication: replication))
    }
    let (group, place) = replication.quotientAndRemainder(dividingBy: places.count)
    return resolved.drawn(seed: seed, replication: UInt64(group), at: places[place])
  }
}

// MARK: Bytes for the run store

extension RunOutcome {
  /// The outcome as bytes: numbers bit for bit, little-endian.
  var bytes: [UInt8] {
    var writer = ByteWriter()
    writer.numbers(drawn)
    switch result {
    case .failure(let failure):
      writer.word(0)
      writer.text(failure.description)
    case .success(let result):
      writer.word(1)
      writer.word(result.events)
      writer.word(result.fingerprint)
      writer.numbers(result.measures.map { $0 ?? Self.missing })
      writer.word(UInt64(result.feePath.count))
      for sample in result.feePath {
        writer.word(UInt64((sample.time - .start).nanoseconds))
        writer.word(sample.baseFee)
        writer.word(sample.blobBaseFee)
        writer.word(sample.operatorsUSD.bitPattern)
      }
    }
    return writer.bytes
  }

  /// Stands for a measure without a value: no measure is ever not a number.
  private static let missing = Double(nan: 1, signaling: false)

  /// Reads an outcome; nil if the bytes are not those of one.
  init?(bytes: [UInt8]) {
    var reader = ByteReader(bytes)
    guard let drawn = reader.numbers(), let kind = reader.word() else { return nil }
    self.drawn = drawn
    if kind == 0 {
      guard let reason = reader.text(), reader.isAtEnd else { return nil }
      result = .failure(.init(description: reason))
      return
    }
    guard kind == 1, let events = reader.word(), let fingerprint = reader.word(),
      let measures = reader.numbers(), let sampleCount = reader.word()
    else { return nil }
    var samples: [FeePath.Sample] = []
    for _ in 0..<sampleCount {
      guard let time = reader.word(), let baseFee = reader.word(),
        let blobBaseFee = reader.word(), let operators = reader.word()
      else { return nil }
      let since = SimDuration(nanoseconds: Int64(bitPattern: time))
      samples.append(
        .init(
          time: .start + since, baseFee: baseFee, blobBaseFee: blobBaseFee,
          operatorsUSD: Double(bitPattern: operators)))
    }
    guard reader.isAtEnd else { return nil }
    result = .success(
      RunResult(
        measures: measures.map { $0.bitPattern == Self.missing.bitPattern ? nil : $0 },
        feePath: samples, events: events,
        fingerprint: fingerprint))
  }
}

private struct ByteWriter {
  private(set) var bytes: [UInt8] = []

  init() { bytes.reserveCapacity(1024) }

  mutating func word(_ word: UInt64) {
    withUnsafeBytes(of: word.littleEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func numbers(_ numbers: [Double]) {
    word(UInt64(numbers.count))
    for number in numbers { word(number.bitPattern) }
  }

  mutating func text(_ text: String) {
    word(UInt64(text.utf8.count))
    bytes.append(contentsOf: text.utf8)
  }
}

private struct ByteReader {
  private let bytes: [UInt8]
  private var index = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { index == bytes.count }

  mutating func word() -> UInt64? {
    guard index + 8 <= bytes.count else { return nil }
    defer { index += 8 }
    return bytes.withUnsafeBytes {
      UInt64(littleEndian: $0.loadUnaligned(fromByteOffset: index, as: UInt64.self))
    }
  }

  mutating func numbers() -> [Double]? {
    guard let count = word(), count <= UInt64(bytes.count - index) / 8 else { return nil }
    let start = index
    index += Int(count) * 8
    return bytes.withUnsafeBytes { bytes in
      (0..<Int(count)).map {
        let word = bytes.loadUnaligned(fromByteOffset: start + 8 * $0, as: UInt64.self)
        return Double(bitPattern: UInt64(littleEndian: word))
      }
    }
  }

  mutating func text() -> String? {
    guard let count = word(), count <= UInt64(bytes.count - index) else { return nil }
    defer { index += Int(count) }
    return String(decoding: bytes[index..<index + Int(count)], as: UTF8.self)
  }
}
