#if canImport(Glibc)
import Glibc
#endif

func cpuSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
}

func peakMegabytes() -> Double {
  var usage = rusage()
  getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  return Double(usage.ru_maxrss) / 1024
}

/// One line of JSON that `scripts/bench` compares with that of the C program.
func report(workload: String, pending: Int, count: UInt64, seconds: Double, check: Double) {
  print(
    """
    {"workload": "\(workload)", "pending": \(pending), "count": \(count), \
    "rate": \(Double(count) / seconds), "check": \(check), "peak_mb": \(peakMegabytes())}
    """)
}

let arguments = CommandLine.arguments
switch arguments.dropFirst().first {
case "hold":
  benchmarkHoldModel(pending: Int(arguments[2]) ?? 100, holds: UInt64(arguments[3]) ?? 1_000_000)
case "journey":
  try benchmarkJourney(transactions: Int64(arguments[2]) ?? 1_000_000)
default:
  print("usage: rollsim-bench hold PENDING HOLDS")
  exit(2)
}
