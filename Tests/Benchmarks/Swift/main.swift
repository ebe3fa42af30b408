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

let workload = CommandLine.arguments.dropFirst().first
let sizes = CommandLine.arguments.dropFirst(2).map { Int($0) ?? 0 }
switch (workload, sizes.count) {
case ("hold", 2) where sizes.allSatisfy { $0 > 0 }:
  benchmarkHoldModel(pending: sizes[0], holds: UInt64(sizes[1]))
case ("journey", 2) where sizes[0] > 0 && sizes[1] >= sizes[0]:
  try benchmarkJourney("journey", rate: sizes[0], transactions: sizes[1], .individual)
case ("cohort", 2) where sizes[0] > 0 && sizes[1] >= sizes[0]:
  try benchmarkJourney("cohort", rate: sizes[0], transactions: sizes[1], .cohort)
case ("rollups", 2) where sizes[0] > 1 && sizes[1] >= 50 * sizes[0]:
  try benchmarkJourney(
    "rollups", rollups: sizes[0], rate: 50, transactions: sizes[1], .individual)
case ("pool", 1) where sizes[0] > 0:
  benchmarkPool(jobs: sizes[0])
case ("slots", 1) where sizes[0] > 0:
  benchmarkSlots(UInt64(sizes[0]))
case ("rare", 1) where sizes[0] > 0:
  benchmarkRareEvents(trials: sizes[0])
case ("rare-coverage", 2) where sizes.allSatisfy { $0 > 1 }:
  benchmarkCoverage(trials: sizes[0], estimates: sizes[1])
case ("engine", 2) where sizes[0] > 0:
  try benchmarkEngine(runs: sizes[0], jobs: max(sizes[1], 1))
case ("sweep", 2) where sizes[0] > 0 && sizes[1] > 1:
  try benchmarkSweep(points: sizes[1], jobs: sizes[0])
case ("coverage", 2) where sizes[0] > 0:
  measureCoverage(experiments: sizes[0], jobs: max(sizes[1], 1))
case ("variance", 2) where sizes[0] > 0:
  try benchmarkVariance(runs: sizes[0], jobs: max(sizes[1], 1))
default:
  print(
    """
    usage: rollsim-bench hold PENDING HOLDS
           rollsim-bench journey RATE TRANSACTIONS   (drawn one by one)
           rollsim-bench cohort RATE TRANSACTIONS    (drawn in cohorts)
           rollsim-bench rollups NUMBER TRANSACTIONS (of 50 per second each)
           rollsim-bench pool JOBS
           rollsim-bench slots SLOTS
           rollsim-bench rare TRIALS            (paths of each stage of a splitting)
           rollsim-bench rare-coverage TRIALS ESTIMATES  (intervals of so many splittings)
           rollsim-bench engine RUNS JOBS       (replications of one point)
           rollsim-bench sweep JOBS POINTS      (one of each of so many points; rate by the clock on the wall)
           rollsim-bench coverage EXPERIMENTS JOBS   (how often intervals hold, as CSV)
           rollsim-bench variance RUNS JOBS     (a CSV table: what each technique saves)

    The others print one line of JSON: the rate per CPU second without start-up, a check value that the C
    program of the same workload, if there is one, must share, and the peak memory of the process.
    """)
  exit(2)
}
