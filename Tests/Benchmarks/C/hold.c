/* The hold model in plain C: every event reschedules itself after an exponential delay of one
 * second. Same heap, keys, generator and draws as Tests/Benchmarks/Swift/HoldModel.swift. */
#include <gsl/gsl_randist.h>

#include "philox.h"
#include "report.h"
#include "schedule.h"

static int64_t delay(const gsl_rng *stream) { return nanoseconds(gsl_ran_exponential(stream, 1)); }

static void run(schedule_t *schedule, const gsl_rng *stream, uint64_t events) {
  for (uint64_t event = 0; event < events; event++) {
    uint64_t index = schedule_next(schedule);
    schedule_at(schedule, schedule->now + delay(stream), 0, index);
  }
}

int main(int argc, char **argv) {
  uint64_t pending = argc == 3 ? strtoull(argv[1], NULL, 10) : 0;
  uint64_t holds = argc == 3 ? strtoull(argv[2], NULL, 10) : 0;
  if (pending == 0 || holds == 0) {
    fprintf(stderr, "usage: hold PENDING HOLDS\n");
    return 2;
  }
  gsl_rng *stream = philox_stream(1, 0, "hold");
  schedule_t schedule = {0};
  schedule_reserve(&schedule, pending < 4 ? 4 : pending);
  for (uint64_t index = 0; index < pending; index++)
    schedule_at(&schedule, delay(stream), 0, index);
  uint64_t warm_up = pending > holds / 10 ? pending : holds / 10;
  run(&schedule, stream, warm_up);
  double start = cpu_seconds();
  run(&schedule, stream, holds);
  report(
      "hold", pending, holds, cpu_seconds() - start,
      (double)schedule.now * 1e-9 * (double)pending / (double)(holds + warm_up));
  schedule_free(&schedule);
  gsl_rng_free(stream);
  return 0;
}
