import Declarations
import EventKernel
import Randomness

// Processes that follow a file.
extension Arrivals {
  private func time(of step: Int, _ trace: DemandTrace) -> SimTime {
    .start
      + (trace.steps[step].time
        - (trace.clock == .run ? .zero : SimDuration(nanoseconds: epoch)))
  }

  /// Finds what comes first after the start of the run.
  mutating func beginTrace(_ trace: DemandTrace) {
    while step < trace.steps.count, time(of: step, trace) < .start { step += 1 }
    guard case .counts = process, step > 0 else { return }
    // The interval in which the run begins has as many to come as fall into the rest of it.
    step -= 1
    let (begin, end) = (
      time(of: step, trace), time(of: min(step + 1, trace.steps.count - 1), trace)
    )
    left = Int(trace.steps[step].factor)
    guard begin < end else { return }
    let share = Double(end.nanoseconds) / Double((end - begin).nanoseconds)
    left = stream.binomial(left, share)
  }

  /// As many as the interval has, thinned to the part of it that the piece is.
  mutating func take(_ piece: inout ArrivalPiece, from trace: DemandTrace) {
    guard let first = trace.steps.indices.first, step < trace.steps.count - 1 else {
      piece.to = .distantFuture
      return
    }
    if through < time(of: first, trace) { return shorten(&piece, to: time(of: first, trace)) }
    if through == time(of: step, trace) { left = Int(trace.steps[step].factor) }
    let end = time(of: step + 1, trace)
    shorten(&piece, to: end)
    if piece.to == end {
      (piece.count, step) = (left, step + 1)
    } else {
      piece.count = stream.binomial(
        left, Double(piece.length) / Double((end - through).nanoseconds))
    }
    left -= piece.count
  }

  mutating func listTimes(_ piece: inout ArrivalPiece, _ trace: DemandTrace) {
    begin(&piece)
    guard step < trace.steps.count else {
      piece.to = .distantFuture
      return
    }
    while step < trace.steps.count, case let instant = time(of: step, trace), instant < piece.to {
      if isFull(&piece, before: instant) { break }
      for _ in 0..<Int(trace.steps[step].factor) { instants.append(instant.nanoseconds) }
      step += 1
    }
    end(&piece)
  }
}
