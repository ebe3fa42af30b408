/* Short runs of one rollup at so many initial base fees, with a row of means for each, on one core
 * or several, in plain C.
 *
 * The rate is that of the clock on the wall. */
#include <sys/wait.h>
#include <unistd.h>

#include "world.h"

static double wall_seconds(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

/* Runs a few hundred events and writes what was measured; returns the mean soft latency. */
static double run_point(uint64_t number, uint64_t count, FILE *table) {
  double share = count > 1 ? (double)number / (double)(count - 1) : 0;
  rules.initial_base_fee = (uint64_t)(10e9 + 20e9 * share + 0.5);
  open_world(1, 0.1, SECONDS(60), 0);
  run();
  const rollup_t *r = &rollups[0];
  fprintf(table, "%" PRIu64 ",%" PRIu64, number, rules.initial_base_fee);
  for (int stage = 0; stage < STAGES; stage++)
    fprintf(
        table, ",%" PRIu64 ",%.17g,%.9f", r->latencies[stage].count,
        mean_seconds(&r->latencies[stage]), (double)r->latencies[stage].maximum / 1e9);
  fprintf(
      table, ",%" PRIu64 ",%" PRIu64 ",%.17g,%.17g,%.17g,%.17g\n", r->batch_end, slot,
      (double)r->fees_paid, (double)spent[DATA], (double)spent[CLAIM], (double)burned);
  double soft = mean_seconds(&r->latencies[SOFT]);
  close_world();
  return soft;
}

/* Every `cores`th run, from `core` on, into a file of its own. */
static double run_share(uint64_t core, uint64_t cores, uint64_t count) {
  FILE *table = tmpfile();
  if (!table) abort();
  double soft = 0;
  for (uint64_t number = core; number < count; number += cores)
    soft = run_point(number, count, table);
  fclose(table);
  return soft;
}

int main(int argc, char **argv) {
  uint64_t cores = argc == 3 ? strtoull(argv[1], NULL, 10) : 0;
  uint64_t runs = argc == 3 ? strtoull(argv[2], NULL, 10) : 0;
  if (cores == 0 || runs < cores) {
    fprintf(stderr, "usage: sweep CORES RUNS (at least one each)\n");
    return 2;
  }
  block_interval = batch_age = claim_interval = window = SECONDS(60);
  double start = wall_seconds();
  for (uint64_t core = 1; core < cores; core++)
    if (fork() == 0) {
      run_share(core, cores, runs);
      _exit(0);
    }
  double soft = run_share(0, cores, runs);
  while (wait(NULL) > 0) {}
  report("sweep", cores, runs, wall_seconds() - start, soft);
  return 0;
}
