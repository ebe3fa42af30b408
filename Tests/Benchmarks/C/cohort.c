/* One optimistic rollup on its settlement chain, whose transactions are drawn in cohorts, in plain C. */
#include "world.h"

int main(int argc, char **argv) {
  uint64_t rate = argc == 3 ? strtoull(argv[1], NULL, 10) : 0;
  uint64_t transactions = argc == 3 ? strtoull(argv[2], NULL, 10) : 0;
  if (rate == 0 || transactions < rate) {
    fprintf(stderr, "usage: cohort RATE TRANSACTIONS (at least a second's worth)\n");
    return 2;
  }
  double start = cpu_seconds();
  scale(rate);
  open_world(1, (double)rate, SECONDS(transactions / rate), 1);
  run();
  double seconds = cpu_seconds() - start;
  report("cohort", 0, transactions, seconds, mean_seconds(&rollups[0].latencies[SOFT]));
  close_world();
  return 0;
}
