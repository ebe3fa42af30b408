/* Clock, memory and the line of JSON that `scripts/bench` reads. */
#ifndef REPORT_H
#define REPORT_H

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/resource.h>
#include <time.h>

static inline double cpu_seconds(void) {
  struct timespec time;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static void report(
    const char *workload, uint64_t pending, uint64_t count, double seconds, double check) {
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  printf(
      "{\"workload\": \"%s\", \"pending\": %" PRIu64 ", \"count\": %" PRIu64
      ", \"rate\": %.17g, \"check\": %.17g, \"peak_mb\": %.17g}\n",
      workload, pending, count, (double)count / seconds, check, (double)usage.ru_maxrss / 1024);
}

#endif
